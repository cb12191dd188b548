// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.operator.api.chaosmesh.ChaosObservation.ObservedPod;
import dev.squall.operator.api.chaosmesh.ChaosStatus.Condition;
import dev.squall.operator.api.chaosmesh.ChaosStatus.DesiredPhase;
import dev.squall.operator.api.chaosmesh.ChaosStatus.Event;
import dev.squall.operator.api.chaosmesh.ChaosStatus.EventType;
import dev.squall.operator.api.chaosmesh.ChaosStatus.ExperimentState;
import dev.squall.operator.api.chaosmesh.ChaosStatus.Phase;
import dev.squall.operator.api.chaosmesh.ChaosStatus.PodRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// From one status of a NetworkChaos to the next.
///
/// `AllRecovered` is true only when faults are to be off and none is left: Chaos Mesh says so also
/// before the first injection. Records and events are bounded, so that no object grows with the
/// number of pods; the conditions count all of them.
public final class ChaosProgress {
  /// Records in a status at most, those with something to tell first.
  public static final int MOST_RECORDS = 150;

  /// Events in a status at most; and of one record.
  private static final int MOST_EVENTS = 300;

  private static final int MOST_EVENTS_OF_RECORD = 20;

  private final ChaosObservation seen;
  private final List<PodRecord> chosen = new ArrayList<>();
  private final List<PodRecord> gone = new ArrayList<>();

  private ChaosProgress(ChaosObservation seen) {
    this.seen = seen;
  }

  /// The next status. When nothing new was seen it is equal to the one before.
  public static ChaosStatus next(ChaosStatus before, ChaosObservation seen) {
    ChaosProgress progress = new ChaosProgress(seen);
    progress.step(before);
    return new ChaosStatus(
        progress.conditions(),
        new ExperimentState(seen.desired(), progress.records()),
        progress.instances());
  }

  private void step(ChaosStatus before) {
    Map<String, PodRecord> known =
        before.experiment().containerRecords().stream()
            .collect(
                Collectors.toMap(
                    one -> key(one.id(), one.selectorKey()),
                    one -> one,
                    (one, _) -> one,
                    LinkedHashMap::new));
    for (ObservedPod pod : seen.pods()) {
      PodRecord last = known.remove(key(pod.id(), pod.selectorKey()));
      chosen.add(RecordStep.of(last, pod, seen.desired(), seen.now()));
    }
    known.values().forEach(last -> gone.add(RecordStep.ofGone(last, seen.now())));
  }

  private static String key(String id, String selectorKey) {
    return id + " " + selectorKey;
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition("Selected", !chosen.isEmpty(), selected()));
    conditions.add(condition("AllInjected", isAllInjected(), injected()));
    conditions.add(condition("AllRecovered", isAllRecovered(), recovered()));
    conditions.add(condition("Paused", seen.paused(), null));
    if (!seen.remarks().isEmpty()) {
      conditions.add(condition("Remarks", true, String.join(" ", seen.remarks())));
    }
    return conditions;
  }

  private static Condition condition(String type, boolean holds, @Nullable String reason) {
    return new Condition(type, holds ? "True" : "False", reason);
  }

  private String selected() {
    int listed = Math.min(MOST_RECORDS, chosen.size());
    return listed < chosen.size()
        ? "%d pods, of which %d are listed".formatted(chosen.size(), listed)
        : pods(chosen.size());
  }

  private boolean isAllInjected() {
    return !chosen.isEmpty() && count(Phase.INJECTED) == chosen.size();
  }

  private @Nullable String injected() {
    if (isAllInjected() || seen.desired() == DesiredPhase.STOP || chosen.isEmpty()) {
      return null;
    }
    return "%d of %s%s"
        .formatted(
            count(Phase.INJECTED),
            pods(chosen.size()),
            refusal() == null ? "" : ", refused: " + refusal());
  }

  private @Nullable String refusal() {
    return chosen.stream()
        .filter(one -> one.phase() == Phase.NOT_INJECTED)
        .flatMap(one -> one.events().stream())
        .filter(event -> event.type() == EventType.FAILED)
        .map(Event::message)
        .findFirst()
        .orElse(null);
  }

  private boolean isAllRecovered() {
    return seen.desired() == DesiredPhase.STOP
        && seen.silent() == 0
        && count(Phase.NOT_INJECTED) == chosen.size();
  }

  private @Nullable String recovered() {
    if (seen.silent() > 0) {
      return "not confirmed yet by %d of the nodes".formatted(seen.silent());
    }
    boolean never = chosen.stream().allMatch(one -> one.injectedCount() == 0);
    return isAllRecovered() && never && gone.stream().allMatch(one -> one.injectedCount() == 0)
        ? "nothing was injected"
        : null;
  }

  private int count(Phase phase) {
    return (int) chosen.stream().filter(one -> one.phase() == phase).count();
  }

  private static String pods(int count) {
    return count == 1 ? "1 pod" : count + " pods";
  }

  /// In the order in which they were seen, unless some have to be left out.
  private List<PodRecord> records() {
    List<PodRecord> all = new ArrayList<>(chosen);
    if (all.size() > MOST_RECORDS) {
      Phase usual = seen.desired() == DesiredPhase.RUN ? Phase.INJECTED : Phase.NOT_INJECTED;
      all.sort(Comparator.comparing(one -> one.phase() == usual));
    }
    all.addAll(gone);
    List<PodRecord> listed = all.stream().limit(MOST_RECORDS).toList();
    int events =
        listed.isEmpty() ? 0 : Math.min(MOST_EVENTS_OF_RECORD, MOST_EVENTS / listed.size());
    return listed.stream().map(one -> withLatest(one, events)).toList();
  }

  private static PodRecord withLatest(PodRecord one, int count) {
    List<Event> events = one.events();
    return new PodRecord(
        one.id(),
        one.selectorKey(),
        one.phase(),
        one.injectedCount(),
        one.recoveredCount(),
        events.subList(Math.max(0, events.size() - count), events.size()));
  }

  private Map<String, Long> instances() {
    Map<String, Long> instances = new TreeMap<>();
    for (ObservedPod pod : seen.pods()) {
      Long generation = pod.generation();
      if (generation != null && instances.size() < MOST_RECORDS) {
        instances.put(pod.id(), generation);
      }
    }
    return instances;
  }
}
