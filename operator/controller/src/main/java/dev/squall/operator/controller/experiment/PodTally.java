// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.experiment;

import dev.squall.operator.api.v1alpha1.ExperimentStatus.Pods;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import dev.squall.operator.controller.run.RunReport;
import dev.squall.operator.controller.view.PodRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Pods by what has become of them. A pod that several parts hit counts once, by the part that is
/// least far.
///
/// @param problems of pods that are refused, a sentence each
record PodTally(Pods pods, List<String> problems) {
  /// So many pods are named; the others are only counted.
  static final int MOST_NAMED = 5;

  private static final List<Phase> LEAST_FAR =
      List.of(Phase.Refused, Phase.Waiting, Phase.Prepared, Phase.Injecting, Phase.Ended);

  /// @param before what the status says; it counts when the pods are not looked for any more
  static PodTally of(RunReport report, @Nullable Pods before) {
    Set<String> chosen =
        report.chosen().values().stream()
            .flatMap(choice -> choice.pods().stream())
            .map(PodRecord::uidOnNode)
            .collect(Collectors.toSet());
    Map<String, Phase> phases = phases(report, chosen);
    int selected = report.chosen().isEmpty() && before != null ? before.selected() : chosen.size();
    if (phases.isEmpty() && before != null && report.chosen().isEmpty()) {
      return new PodTally(before, List.of());
    }
    Pods pods =
        new Pods(
            selected,
            count(phases, Phase.Injecting),
            count(phases, Phase.Refused),
            count(phases, Phase.Waiting) + count(phases, Phase.Prepared),
            count(phases, Phase.Ended),
            longestUncovered(report.nodes().rows()));
    return new PodTally(pods, problems(report.nodes().rows()));
  }

  private static Map<String, Phase> phases(RunReport report, Set<String> chosen) {
    Map<String, Phase> phases = new HashMap<>();
    for (PodFault row : report.nodes().rows()) {
      phases.merge(row.pod().uid(), row.phase(), PodTally::lessFar);
    }
    if (report.phase() != RunReport.Phase.PAUSED) {
      chosen.forEach(uid -> phases.putIfAbsent(uid, Phase.Waiting));
    }
    if (!report.chosen().isEmpty()) {
      // A node that is gone does not take back what it said.
      phases.keySet().removeIf(uid -> phases.get(uid) != Phase.Ended && !chosen.contains(uid));
    }
    return phases;
  }

  private static Phase lessFar(Phase one, Phase other) {
    return LEAST_FAR.indexOf(one) < LEAST_FAR.indexOf(other) ? one : other;
  }

  private static int count(Map<String, Phase> phases, Phase wanted) {
    return (int) phases.values().stream().filter(phase -> phase == wanted).count();
  }

  private static @Nullable Long longestUncovered(List<PodFault> rows) {
    return rows.stream()
        .map(PodFault::timeline)
        .filter(Objects::nonNull)
        .map(PodFault.Timeline::uncoveredMillis)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static List<String> problems(List<PodFault> rows) {
    return rows.stream()
        .filter(row -> row.phase() == Phase.Refused || row.phase() == Phase.Waiting)
        .filter(row -> row.message() != null)
        .map(
            row ->
                "Pod %s/%s: %s.".formatted(row.pod().namespace(), row.pod().name(), row.message()))
        .distinct()
        .limit(MOST_NAMED)
        .toList();
  }
}
