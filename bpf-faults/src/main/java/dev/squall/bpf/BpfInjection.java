// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.RunMap;
import dev.squall.bpf.program.DecisionKey;
import dev.squall.experiment.Budget;
import dev.squall.experiment.Experiment;
import dev.squall.fault.AttachedInterface;
import dev.squall.fault.FaultException;
import dev.squall.fault.HitPacket;
import dev.squall.fault.Injection;
import dev.squall.fault.InjectionStatus;
import dev.squall.fault.RuleReport;
import dev.squall.fault.SparedPackets;
import dev.squall.target.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// One experiment on all its targets: attached, then armed, all under one lease.
final class BpfInjection implements Injection {
  private final List<InterfaceInjection> interfaces;
  private final JiffiesClock clock;
  private final Lease lease;
  private final Experiment experiment;
  private volatile long deadline = Long.MAX_VALUE;
  private boolean closed;

  BpfInjection(List<InterfaceInjection> interfaces, Experiment experiment) {
    this.interfaces = List.copyOf(interfaces);
    this.experiment = experiment;
    this.clock = interfaces.getFirst().clock();
    this.lease = new Lease(interfaces.stream().map(InterfaceInjection::program).toList(), clock);
  }

  @Override
  public void arm() {
    long now = clock.now();
    deadline = now + clock.ticks(experiment.duration());
    interfaces.forEach(one -> one.program().setWindow(now, deadline));
    interfaces.forEach(one -> one.program().setLimits(limits(experiment.budget())));
    lease.begin();
    interfaces.forEach(one -> one.program().arm());
  }

  @Override
  public void endIn(Duration remaining) {
    long now = clock.now();
    if (now < deadline) {
      deadline = now + clock.ticks(remaining);
      interfaces.forEach(one -> one.program().setDeadline(deadline));
    }
  }

  private RunMap.Limits limits(Budget budget) {
    Budget.ShareLimit share = budget.share();
    return new RunMap.Limits(
        budget.packets() == null ? 0 : budget.packets(),
        budget.flows() == null ? 0 : budget.flows(),
        share == null ? 0 : DecisionKey.threshold(share.share().fraction()),
        share == null ? 0 : clock.ticks(share.window()));
  }

  @Override
  public InjectionStatus status() {
    OptionalInt stopped =
        interfaces.stream()
            .mapToInt(one -> one.program().stopped())
            .filter(cause -> cause != RunMap.GOES_ON)
            .findFirst();
    if (stopped.isPresent()) {
      return stopped.getAsInt() == RunMap.ASKED_TO_STOP
          ? InjectionStatus.STOPPED
          : InjectionStatus.SPENT;
    }
    if (clock.now() >= deadline) {
      return InjectionStatus.EXPIRED;
    }
    return lease.isLost() ? InjectionStatus.LEASE_LOST : InjectionStatus.ACTIVE;
  }

  @Override
  public List<RuleReport> report() {
    return interfaces.stream().flatMap(one -> one.report().stream()).toList();
  }

  @Override
  public List<SparedPackets> spared() {
    Map<Direction, Long> sums = new EnumMap<>(Direction.class);
    interfaces.stream()
        .flatMap(one -> one.spared().stream())
        .forEach(spared -> sums.merge(spared.direction(), spared.packets(), Long::sum));
    return sums.entrySet().stream()
        .map(sum -> new SparedPackets(sum.getKey(), sum.getValue()))
        .toList();
  }

  @Override
  public List<AttachedInterface> interfaces() {
    return interfaces.stream()
        .filter(InterfaceInjection::isAttached)
        .map(InterfaceInjection::where)
        .toList();
  }

  @Override
  public long drainHits(Consumer<HitPacket> hits) {
    return interfaces.stream().mapToLong(one -> one.drainHits(hits)).sum();
  }

  @Override
  public Duration uncovered() {
    return lease.uncovered();
  }

  @Override
  public List<String> notes() {
    return interfaces.stream().flatMap(one -> one.notes().stream()).distinct().toList();
  }

  @Override
  public void disarm() {
    interfaces.forEach(one -> one.program().disarm());
    lease.close();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    disarm();
    closeAll(interfaces);
  }

  /// Every one, even when some fail; the first failure is thrown, the others with it.
  static void closeAll(List<InterfaceInjection> interfaces) {
    List<Throwable> failures = new ArrayList<>();
    for (InterfaceInjection one : interfaces) {
      try {
        one.close();
      } catch (RuntimeException | Error e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      Throwable first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw new FaultException(
          FaultException.Kind.INTERNAL, "cleaning up failed: " + first.getMessage(), first);
    }
  }
}
