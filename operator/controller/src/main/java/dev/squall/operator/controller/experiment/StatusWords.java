// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.experiment;

import dev.squall.operator.api.v1alpha1.ConditionType;
import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.HostAddresses;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.Phase;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.Pods;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.Progress;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.Reach;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.Timeline;
import dev.squall.operator.controller.plan.FoundPeers;
import dev.squall.operator.controller.plan.Subject;
import dev.squall.operator.controller.policy.Refusal;
import dev.squall.operator.controller.run.RunReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The status of an Experiment, from how far it has come.
///
/// @param before the status as it is
record StatusWords(
    ExperimentResource resource,
    ExperimentStatus before,
    Subject subject,
    RunReport report,
    Instant now) {

  /// The status of one that cannot be understood.
  ///
  /// @param problem in a sentence, with the field's path
  static ExperimentStatus invalid(
      ExperimentResource resource, ExperimentStatus before, String problem, Instant now) {
    Long generation = resource.getMetadata().getGeneration();
    return new ExperimentStatus(
        new Progress(generation, Phase.Failed, cut(problem), null),
        before.timeline(),
        before.reach(),
        before.counts(),
        new Conditions(before.conditions(), generation, now)
            .add(ConditionType.Failed, true, "Invalid", problem)
            .list());
  }

  ExperimentStatus status() {
    PodTally tally = PodTally.of(report, before.reach().pods());
    List<ExperimentStatus.Count> counts = Counts.of(report.nodes().rows());
    if (report.nodes().rows().isEmpty()) {
      counts = before.counts();
    }
    long hit = counts.stream().mapToLong(count -> count.hit().packets()).sum();
    Summary summary = new Summary(subject, report, tally.pods(), hit);
    return new ExperimentStatus(
        new Progress(resource.getMetadata().getGeneration(), phase(), cut(summary.sentence()), hit),
        new Timeline(
            text(report.times().startedAt(), before.timeline().startedAt()),
            text(report.times().endsAt(), null),
            text(report.times().endedAt(), before.timeline().endedAt())),
        new Reach(subject.seed(), tally.pods(), nodes(), names()),
        counts,
        conditions(tally));
  }

  private Phase phase() {
    return switch (report.phase()) {
      case PENDING -> Phase.Pending;
      case RUNNING -> Phase.Running;
      case PAUSED -> Phase.Paused;
      case ENDING -> Phase.Ending;
      case ENDED -> hasBegun() ? Phase.Ended : Phase.Failed;
    };
  }

  private boolean hasBegun() {
    return report.times().startedAt() != null;
  }

  private List<Condition> conditions(PodTally tally) {
    Conditions conditions =
        new Conditions(before.conditions(), resource.getMetadata().getGeneration(), now);
    addSelected(conditions, tally.pods());
    addInjected(conditions, tally.pods());
    addRecovered(conditions);
    addPaused(conditions);
    addDegraded(conditions, tally);
    addFailed(conditions);
    return conditions.list();
  }

  private void addSelected(Conditions conditions, Pods pods) {
    boolean some = pods.selected() > 0;
    switch (report.phase()) {
      case PENDING ->
          conditions.add(
              ConditionType.Selected, false, reason(report.why()), message(report.why()));
      case ENDING, ENDED -> conditions.keep(ConditionType.Selected);
      case RUNNING, PAUSED ->
          conditions.add(
              ConditionType.Selected,
              some,
              some ? "PodsSelected" : "NoPods",
              pods.selected() + " pods were chosen.");
    }
  }

  private void addRecovered(Conditions conditions) {
    boolean recovered = isOver() && hasBegun();
    conditions.add(
        ConditionType.Recovered,
        recovered,
        recovered ? reason(report.why()) : "NotOver",
        recovered
            ? message(report.why()) + " Nothing is attached any more."
            : isOver() ? "It never began." : "It is not over." + going());
  }

  /// While it is ending, on whom that waits.
  private String going() {
    List<String> nodes = report.nodes().going();
    if (report.phase() != RunReport.Phase.ENDING || nodes.isEmpty()) {
      return "";
    }
    List<String> named = nodes.subList(0, Math.min(nodes.size(), PodTally.MOST_NAMED));
    return " Not confirmed yet by %d of the nodes: %s%s."
        .formatted(
            nodes.size(), String.join(", ", named), named.size() < nodes.size() ? ", …" : "");
  }

  private void addPaused(Conditions conditions) {
    boolean paused = report.phase() == RunReport.Phase.PAUSED;
    conditions.add(
        ConditionType.Paused,
        paused,
        paused ? "Annotated" : "NotPaused",
        paused
            ? "Nothing is hit until the annotation squall.dev/pause is gone."
            : "It is not paused.");
  }

  private void addFailed(Conditions conditions) {
    boolean failed = isOver() && !hasBegun();
    conditions.add(
        ConditionType.Failed,
        failed,
        failed ? reason(report.why()) : "NotFailed",
        failed ? message(report.why()) : "Nothing speaks against it.");
  }

  private boolean isOver() {
    return report.phase() == RunReport.Phase.ENDED;
  }

  private void addInjected(Conditions conditions, Pods pods) {
    boolean all =
        report.phase() == RunReport.Phase.RUNNING
            && pods.selected() > 0
            && pods.injecting() >= pods.selected();
    conditions.add(
        ConditionType.Injected,
        all,
        all
            ? "AllInjecting"
            : switch (report.phase()) {
              case RUNNING -> "InProgress";
              case PENDING -> "NotBegun";
              case PAUSED -> "Paused";
              case ENDING, ENDED -> "Over";
            },
        "The faults are on %d of %d pods.".formatted(pods.injecting(), pods.selected()));
  }

  private void addDegraded(Conditions conditions, PodTally tally) {
    List<String> problems = new ArrayList<>(tally.problems());
    report.peers().values().stream()
        .flatMap(peers -> peers.missing().stream())
        .distinct()
        .forEach(problems::add);
    report.chosen().values().stream()
        .flatMap(chosen -> chosen.unable().stream())
        .map(unable -> "Pod %s %s.".formatted(unable.pod().identity().path(), unable.reason()))
        .distinct()
        .limit(PodTally.MOST_NAMED)
        .forEach(problems::add);
    boolean going =
        report.phase() == RunReport.Phase.RUNNING || report.phase() == RunReport.Phase.PAUSED;
    if (going && report.why() != null) {
      problems.add(report.why().message());
    }
    boolean degraded = report.phase() != RunReport.Phase.PENDING && !problems.isEmpty();
    conditions.add(
        ConditionType.Degraded,
        degraded,
        degraded ? "Incomplete" : "AsAskedFor",
        withNotes(degraded ? String.join(" ", problems) : "All is as it was asked for."));
  }

  /// What nodes have to say of how they do it is no problem.
  private String withNotes(String message) {
    List<String> notes = report.nodes().notes();
    return notes.isEmpty() ? message : message + " Nodes say: " + String.join("; ", notes) + ".";
  }

  private @Nullable Integer nodes() {
    return report.chosen().isEmpty()
        ? before.reach().nodes()
        : Integer.valueOf(
            (int)
                report.chosen().values().stream()
                    .flatMap(chosen -> chosen.pods().stream())
                    .map(pod -> pod.traits().node())
                    .distinct()
                    .count());
  }

  private List<HostAddresses> names() {
    if (report.peers().isEmpty()) {
      return before.reach().names();
    }
    TreeMap<String, List<String>> names = new TreeMap<>();
    report.peers().values().stream().map(FoundPeers::names).forEach(names::putAll);
    return names.entrySet().stream()
        .map(name -> new HostAddresses(name.getKey(), name.getValue()))
        .toList();
  }

  private static String reason(@Nullable Refusal why) {
    return why == null ? "Unknown" : why.reason();
  }

  private static String message(@Nullable Refusal why) {
    return why == null ? "" : why.message();
  }

  private static @Nullable String text(@Nullable Instant instant, @Nullable String otherwise) {
    return instant == null ? otherwise : instant.toString();
  }

  private static String cut(String sentence) {
    return sentence.substring(0, Math.min(sentence.length(), 1024));
  }
}
