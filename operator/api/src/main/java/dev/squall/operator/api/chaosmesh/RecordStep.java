// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.operator.api.chaosmesh.ChaosObservation.ObservedPod;
import dev.squall.operator.api.chaosmesh.ChaosStatus.DesiredPhase;
import dev.squall.operator.api.chaosmesh.ChaosStatus.Event;
import dev.squall.operator.api.chaosmesh.ChaosStatus.EventType;
import dev.squall.operator.api.chaosmesh.ChaosStatus.Operation;
import dev.squall.operator.api.chaosmesh.ChaosStatus.Phase;
import dev.squall.operator.api.chaosmesh.ChaosStatus.PodRecord;
import dev.squall.operator.api.v1alpha1.PodFault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// From one record of a pod to the next.
final class RecordStep {
  /// Characters of a message; the longest is cut, as many of them stand in one object.
  private static final int LONGEST_MESSAGE = 120;

  private final PodRecord before;
  private final String now;
  private final List<Event> events;

  private RecordStep(PodRecord before, Instant now) {
    this.before = before;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    this.events = new ArrayList<>(before.events());
  }

  /// The record of a pod that is chosen.
  static PodRecord of(
      @Nullable PodRecord before, ObservedPod pod, DesiredPhase desired, Instant now) {
    PodRecord known =
        before == null
            ? new PodRecord(pod.id(), pod.selectorKey(), Phase.NOT_INJECTED, 0, 0, List.of())
            : before;
    return new RecordStep(known, now).to(phase(known, pod.rows(), desired), pod.rows());
  }

  /// The record of a pod that is chosen no more, or is not there any more.
  static PodRecord ofGone(PodRecord before, Instant now) {
    return new RecordStep(before, now).to(Phase.NOT_INJECTED, null);
  }

  private static Phase phase(
      PodRecord before, @Nullable List<PodFault> rows, DesiredPhase desired) {
    boolean run = desired == DesiredPhase.RUN;
    if (rows == null) {
      return run ? Phase.INJECTED : Phase.NOT_INJECTED;
    }
    return run ? running(rows) : stopping(before, rows);
  }

  private static Phase running(List<PodFault> rows) {
    if (any(rows, PodFault.Phase.Refused)) {
      return Phase.NOT_INJECTED;
    }
    if (!rows.isEmpty() && rows.stream().allMatch(row -> row.phase() == PodFault.Phase.Injecting)) {
      return Phase.INJECTED;
    }
    return hasEnded(rows) ? Phase.NOT_INJECTED : Phase.INJECTING;
  }

  private static Phase stopping(PodRecord before, List<PodFault> rows) {
    if (any(rows, PodFault.Phase.Injecting)) {
      return Phase.RECOVERING;
    }
    boolean open = any(rows, PodFault.Phase.Waiting) || any(rows, PodFault.Phase.Prepared);
    return open && before.phase().isUnderFault() ? Phase.RECOVERING : Phase.NOT_INJECTED;
  }

  private static boolean hasEnded(List<PodFault> rows) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> row.phase() == PodFault.Phase.Ended);
  }

  private static boolean any(List<PodFault> rows, PodFault.Phase phase) {
    return rows.stream().anyMatch(row -> row.phase() == phase);
  }

  private PodRecord to(Phase phase, @Nullable List<PodFault> rows) {
    boolean was = before.phase().isUnderFault();
    boolean is = phase.isUnderFault();
    boolean between = !was && !is && before.injectedCount() == 0 && rows != null && passed(rows);
    boolean applied = (!was && is) || between;
    boolean recovered = (was && !is) || between;
    if (applied) {
      events.add(new Event(EventType.SUCCEEDED, Operation.APPLY, null, now));
    }
    if (recovered) {
      events.add(new Event(EventType.SUCCEEDED, Operation.RECOVER, null, now));
    }
    addRefusals(rows == null ? List.of() : rows);
    return new PodRecord(
        before.id(),
        before.selectorKey(),
        phase,
        before.injectedCount() + (applied ? 1 : 0),
        before.recoveredCount() + (recovered ? 1 : 0),
        events);
  }

  /// Whether it was injected and ended while nobody looked.
  private static boolean passed(List<PodFault> rows) {
    return hasEnded(rows)
        && rows.stream()
            .anyMatch(row -> row.timeline() != null && row.timeline().injected() != null);
  }

  private void addRefusals(List<PodFault> rows) {
    for (PodFault row : rows) {
      String message = message(row);
      if (row.phase() == PodFault.Phase.Refused && events.stream().noneMatch(says(message))) {
        events.add(new Event(EventType.FAILED, Operation.APPLY, message, now));
      }
    }
  }

  private static Predicate<Event> says(String message) {
    return event -> Objects.equals(event.message(), message);
  }

  private static String message(PodFault row) {
    String message = row.message() == null ? "refused" : row.message();
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE - 1) + "…";
  }
}
