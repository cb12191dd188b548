// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.schedule;

import dev.squall.operator.api.schedule.ScheduleRules.Decision;
import dev.squall.operator.api.schedule.ScheduleRules.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What a schedule says of itself.
///
/// @param before its conditions as they are
record ScheduleConditions(List<Condition> before, Instant now) {
  private static final String SCHEDULED = "Scheduled";

  /// It cannot be kept.
  Condition failed(String problem) {
    return condition("Failed", true, "Invalid", problem);
  }

  /// @param suspended whether nothing begins for now
  Condition after(Decision decision, boolean suspended) {
    if (suspended) {
      return condition(SCHEDULED, false, "Suspended", "Nothing begins while spec.suspend is true.");
    }
    return switch (decision) {
      case Decision.Wait _ -> waiting();
      case Decision.Start start ->
          condition(
              SCHEDULED, true, "Begun", "The experiment of %s was begun.".formatted(start.due()));
      case Decision.Skip skip -> skipped(skip);
    };
  }

  /// What happened last goes on to be said.
  private Condition waiting() {
    return before.stream()
        .filter(one -> one.getType().equals(SCHEDULED) && one.getStatus().equals("True"))
        .findFirst()
        .orElseGet(
            () -> condition(SCHEDULED, true, "Waiting", "The first experiment is not due yet."));
  }

  private Condition skipped(Decision.Skip skip) {
    return skip.reason() == Reason.FORBIDDEN
        ? condition(
            SCHEDULED,
            true,
            "LeftOut",
            "The experiment of %s was left out, for an earlier one still ran."
                .formatted(skip.due()))
        : condition(
            SCHEDULED,
            true,
            "TooLate",
            "The experiment of %s was left out, for it was too late.".formatted(skip.due()));
  }

  private Condition condition(String type, boolean isTrue, String reason, String message) {
    String status = isTrue ? "True" : "False";
    String since =
        before.stream()
            .filter(one -> one.getType().equals(type) && one.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .findFirst()
            .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withLastTransitionTime(since)
        .build();
  }
}
