// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.lang.foreign.MemorySegment;

/// Settings of rules that no experiment asks for.
public final class Tuning {
  private Tuning() {}

  /// Records every hit of a rule instead of one in 256.
  public static void auditEveryHit(MemorySegment rules, int index) {
    Field mask =
        RuleMap.RULE.fields().stream()
            .filter(field -> field.name().equals("audit_mask"))
            .findFirst()
            .orElseThrow();
    mask.setInt(rules, index * RuleMap.RULE.size(), 0);
  }
}
