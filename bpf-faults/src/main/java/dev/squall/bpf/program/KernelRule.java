// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.RuleMap;
import dev.squall.bpf.abi.RuleMap.Action;
import dev.squall.bpf.linux.KernelClock;
import dev.squall.fault.Ramp;

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

  /// @param clears the rules whose packets it takes away
  /// @param auditMask a hit whose number has none of these bits is recorded
  RuleMap.Decision decision(long clears, int auditMask) {
    Law law = odds.law();
    long threshold = DecisionKey.threshold(law.probability());
    return new RuleMap.Decision(
        odds.key(), law.kind(), threshold, law.parameter(), clears, auditMask);
  }

  /// Into its place.
  void write(RuleMap map, int index, int experiment, RuleMap.Decision decision) {
    map.set(index, experiment, action, decision);
    map.setPlace(index, match.part().after(), match.part().first());
    Ramp ramp = odds.law().ramp();
    if (ramp == null) {
      map.setRamp(index, 0, 0);
    } else {
      long first = DecisionKey.threshold(ramp.from().fraction());
      map.setRamp(index, first, ramp.over().dividedBy(KernelClock.tick()));
    }
  }
}
