// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.RuleMap.Action;

/// One rule of one direction, before it has a place in the tables.
///
/// @param fault index of the fault that it comes from, or EXEMPTION
/// @param direction EGRESS or INGRESS of `FaultAbi`
/// @param stage of `FaultAbi`: when its turn is
/// @param odds how it decides
record KernelRule(int fault, int direction, int stage, Match match, Action action, Odds odds) {
  /// Instead of a fault: the rule takes its packets away from the experiment's other rules.
  static final int EXEMPTION = -1;

  /// How often a rule hits.
  ///
  /// @param key of the rule's own sequence of draws
  record Odds(long key, Law law) {}

  boolean exempts() {
    return fault == EXEMPTION;
  }
}
