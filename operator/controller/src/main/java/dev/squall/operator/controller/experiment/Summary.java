// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.experiment;

import dev.squall.fault.Fault;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.Pods;
import dev.squall.operator.controller.plan.Subject;
import dev.squall.operator.controller.policy.Refusal;
import dev.squall.operator.controller.run.RunReport;
import java.util.Locale;
import java.util.stream.Collectors;

/// An experiment in a sentence.
///
/// @param hit packets so far
record Summary(Subject subject, RunReport report, Pods pods, long hit) {

  String sentence() {
    Refusal why = report.why();
    String reason = why == null ? "" : why.message();
    return switch (report.phase()) {
      case PENDING -> reason;
      case RUNNING -> "%s on %s%s: %s.".formatted(faults(), number(), until(), packets(" so far"));
      case PAUSED -> "Paused; %s.".formatted(packets(" before"));
      case ENDING -> "Its faults are being taken off; %s.".formatted(packets(" so far"));
      case ENDED ->
          report.times().startedAt() == null
              ? reason
              : "Over; %s on %s: %s. %s".formatted(faults(), number(), packets(""), reason);
    };
  }

  private String faults() {
    String faults =
        subject.experiment().parts().stream()
            .flatMap(part -> part.faults().stream())
            .map(Fault::describe)
            .distinct()
            .collect(Collectors.joining(", "));
    return subject.experiment().dryRun() ? "Only counting " + faults : faults;
  }

  private String number() {
    return pods.selected() == 1 ? "1 pod" : pods.selected() + " pods";
  }

  private String until() {
    return report.times().endsAt() == null ? "" : " until " + report.times().endsAt();
  }

  private String packets(String when) {
    return hit == 1
        ? "1 packet hit" + when
        : String.format(Locale.ROOT, "%,d packets hit%s", hit, when);
  }
}
