// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import dev.squall.experiment.Budget;
import dev.squall.experiment.Budget.ShareLimit;
import java.util.List;

/// How budgets are written.
final class BudgetFormat {
  private static final Key<Budget, Long> PACKETS =
      Key.optional(
          "packets",
          "So many hits of all faults together.",
          ScalarType.count(1, Budget.MOST_PACKETS, 1000),
          Budget::packets);

  private static final Key<Budget, Long> FLOWS =
      Key.optional(
          "flows",
          "So many different flows; the next one ends it.",
          ScalarType.count(1, Budget.MOST_FLOWS, 10),
          budget -> budget.flows() == null ? null : (long) budget.flows());

  private static final Key<Budget, ShareLimit> SHARE =
      Key.optional(
          "share",
          "At most such a share of what matches a fault, judged after each such time.",
          ScalarType.text(
              "a share and a time such as 5%/10s", ShareLimit.SYNTAX, ShareLimit::parse),
          Budget::share);

  static final MappingType<Budget> TYPE =
      new MappingType<>(
          Budget.class,
          List.of(PACKETS, FLOWS, SHARE),
          fields -> {
            Long flows = fields.orNull(FLOWS);
            return new Budget(
                fields.orNull(PACKETS),
                flows == null ? null : flows.intValue(),
                fields.orNull(SHARE));
          },
          PACKETS);

  private BudgetFormat() {}
}
