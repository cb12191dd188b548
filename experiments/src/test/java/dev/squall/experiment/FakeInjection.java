// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.AttachedInterface;
import dev.squall.fault.HitPacket;
import dev.squall.fault.Injection;
import dev.squall.fault.InjectionStatus;
import dev.squall.fault.RuleReport;
import dev.squall.fault.SparedPackets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// An injection that only remembers which steps were taken, and fails or ends where a test wants
/// it.
///
/// Steps are named after the methods: `prepare`, `arm`, `status`, `report`, `disarm`, `close`.
public final class FakeInjection implements Injection {

  private final List<String> steps = new ArrayList<>();
  private final Map<String, Throwable> failures = new HashMap<>();
  private final Deque<InjectionStatus> statuses = new ArrayDeque<>();
  private final List<HitPacket> hits = new ArrayList<>();
  private List<RuleReport> reports = List.of();
  private List<SparedPackets> spared = List.of();
  private long missed;
  private List<String> notes = List.of();
  private Duration uncovered = Duration.ZERO;

  /// What the injection says of itself, one after the other; afterwards it is active.
  public FakeInjection statuses(InjectionStatus... next) {
    statuses.addAll(List.of(next));
    return this;
  }

  public FakeInjection reports(List<RuleReport> reports) {
    this.reports = reports;
    return this;
  }

  public FakeInjection spared(List<SparedPackets> spared) {
    this.spared = spared;
    return this;
  }

  /// What is recorded next.
  public FakeInjection hits(HitPacket... packets) {
    hits.addAll(List.of(packets));
    return this;
  }

  /// Hits for which there will have been no room.
  public FakeInjection missed(long packets) {
    missed = packets;
    return this;
  }

  public FakeInjection notes(List<String> notes) {
    this.notes = notes;
    return this;
  }

  public FakeInjection uncovered(Duration uncovered) {
    this.uncovered = uncovered;
    return this;
  }

  /// Makes a step fail, each time it is taken.
  public FakeInjection failing(String step, Throwable failure) {
    failures.put(step, failure);
    return this;
  }

  /// The steps taken so far that change something, in order.
  public List<String> steps() {
    return List.copyOf(steps);
  }

  void prepared() {
    step("prepare");
  }

  @Override
  public void arm() {
    step("arm");
  }

  @Override
  public void endIn(Duration remaining) {
    step("endIn " + remaining);
  }

  @Override
  public InjectionStatus status() {
    fail("status");
    return statuses.isEmpty() ? InjectionStatus.ACTIVE : statuses.removeFirst();
  }

  @Override
  public List<RuleReport> report() {
    fail("report");
    return reports;
  }

  @Override
  public List<SparedPackets> spared() {
    return spared;
  }

  /// Those that are reported on.
  @Override
  public List<AttachedInterface> interfaces() {
    return reports.stream()
        .map(report -> new AttachedInterface(report.target(), report.networkInterface(), true))
        .distinct()
        .toList();
  }

  @Override
  public long drainHits(Consumer<HitPacket> consumer) {
    hits.forEach(consumer);
    hits.clear();
    long told = missed;
    missed = 0;
    return told;
  }

  @Override
  public Duration uncovered() {
    return uncovered;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void disarm() {
    step("disarm");
  }

  @Override
  public void close() {
    step("close");
  }

  private void step(String name) {
    steps.add(name);
    fail(name);
  }

  private void fail(String step) {
    switch (failures.get(step)) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException failure -> throw failure;
      case Throwable checked -> throw new IllegalArgumentException(checked);
    }
  }
}
