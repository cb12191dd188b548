// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

/// Rules for an object that can do everything, whatever they ask for themselves.
public final class AbleRules {
  private AbleRules() {}

  public static RuleTable of(FaultRules faults) {
    return new RuleTable(faults.rules(), RuleTable.Extent.LEAST);
  }
}
