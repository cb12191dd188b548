// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps.Group;
import dev.squall.bpf.abi.LineMaps.Pace;
import dev.squall.bpf.abi.RuleMap.Waits;
import dev.squall.bpf.linux.HtbQueue;
import dev.squall.fault.Fault;
import dev.squall.fault.FaultException;
import dev.squall.fault.Rate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Where the packets of an experiment wait: groups of slots that share a delay or a pace, and
/// shapes from which a delay is drawn. Equal laws wait together. On a line that quantises (HTB: a
/// class of the qdisc has one delay) a slot is a class, and a law that varies is cut into equally
/// likely steps. A rate has a group for each direction.
public final class WaitPlan {
  /// Of one law on HTB; half of them can wait at once, the others recover.
  static final int CLASSES = 1024;

  /// A multiple of 128: fewer steps would show in the distribution.
  static final int STEPS = 128;

  /// Of a rate on HTB, in each direction: packets that can queue.
  static final int QUEUE = 16_384;

  private final Map<DelayLaw, Waits> waits = new LinkedHashMap<>();
  private final List<Group> groups = new ArrayList<>();
  private final List<long[]> shapes = new ArrayList<>();
  private @Nullable Rate rate;
  private int slots;

  private WaitPlan(List<DelayLaw> laws) {
    if (laws.stream().anyMatch(law -> law.correlation() > 0)) {
      shapes.add(ScoreTables.scoresOfDraws());
      shapes.add(ScoreTables.drawsOfScores());
    }
  }

  /// Whether a fault makes packets wait.
  public static boolean isNeededBy(Fault fault) {
    return fault instanceof Rate || DelayLaw.of(fault) != null;
  }

  /// For delays that nothing holds: an experiment without any, or a dry run.
  public static WaitPlan none() {
    return new WaitPlan(List.of());
  }

  /// For a line that releases every packet at its own time.
  ///
  /// @param slots packets that can wait at once
  public static WaitPlan byTime(List<Fault> faults, int slots) {
    List<DelayLaw> laws = laws(faults);
    Rate rate = rate(faults);
    int share = slots / (laws.size() + (rate == null ? 0 : FaultAbi.DIRECTIONS));
    WaitPlan plan = new WaitPlan(laws);
    laws.forEach(law -> plan.addTimed(law, share));
    plan.addQueues(rate, share);
    return plan;
  }

  /// For a line that has one delay per slot.
  ///
  /// @throws FaultException when there are more laws than classes
  public static WaitPlan byClass(List<Fault> faults) {
    List<DelayLaw> laws = laws(faults);
    int most = FaultAbi.GROUPS / STEPS;
    if (laws.size() > most) {
      throw new FaultException(
          FaultException.Kind.USER,
          "%d different delays: HTB holds at most %d at once; use fewer"
              .formatted(laws.size(), most));
    }
    WaitPlan plan = new WaitPlan(laws);
    laws.forEach(plan::addClasses);
    plan.addQueues(rate(faults), QUEUE);
    return plan;
  }

  private static @Nullable Rate rate(List<Fault> faults) {
    return faults.stream()
        .filter(Rate.class::isInstance)
        .map(Rate.class::cast)
        .findFirst()
        .orElse(null);
  }

  private static List<DelayLaw> laws(List<Fault> faults) {
    return faults.stream().map(DelayLaw::of).filter(Objects::nonNull).distinct().toList();
  }

  private void addTimed(DelayLaw law, int share) {
    if (law.varies()) {
      shapes.add(law.borders());
    }
    int shape = law.varies() ? shapes.size() : 0;
    waits.put(law, new Waits(groups.size(), 1, shape, law.correlation()));
    addGroup(law.latency().toNanos(), share);
  }

  private void addClasses(DelayLaw law) {
    int steps = law.varies() ? STEPS : 1;
    waits.put(law, new Waits(groups.size(), steps, 0, law.correlation()));
    for (long delay : law.steps(steps)) {
      addGroup(Math.max(HtbQueue.SHORTEST_NANOS, delay), CLASSES / steps);
    }
  }

  private void addGroup(long delayNanos, int size) {
    groups.add(new Group(delayNanos, Pace.NONE, slots, size));
    slots += size;
  }

  private void addQueues(@Nullable Rate rate, int size) {
    this.rate = rate;
    if (rate == null) {
      return;
    }
    long nanosPerByte = Math.round(8e9 * (1 << 20) / rate.rate().bitsPerSecond());
    Pace pace = new Pace(nanosPerByte, rate.burstTime().toNanos(), rate.backlog().toNanos());
    for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
      groups.add(new Group(0, pace, slots, size));
      slots += size;
    }
  }

  /// Null when no fault is a rate.
  public @Nullable Rate rate() {
    return rate;
  }

  /// Whether a fault is a delay.
  public boolean delays() {
    return !waits.isEmpty();
  }

  Waits of(Fault fault) {
    if (fault instanceof Rate && fault.equals(rate)) {
      return new Waits(groups.size() - FaultAbi.DIRECTIONS, FaultAbi.DIRECTIONS, 0, 0);
    }
    DelayLaw law = DelayLaw.of(fault);
    return law == null ? Waits.NOWHERE : waits.getOrDefault(law, Waits.NOWHERE);
  }

  public boolean isEmpty() {
    return groups.isEmpty();
  }

  public List<Group> groups() {
    return List.copyOf(groups);
  }

  /// For `squall_shapes`: the tables of scores where delays correlate, and the quantiles of each
  /// law that is drawn from.
  public List<long[]> shapes() {
    return List.copyOf(shapes);
  }

  public int slots() {
    return slots;
  }

  /// The delay of every slot that has one, in its order; those of a rate come behind.
  public long[] slotDelays() {
    return groups.stream()
        .filter(group -> group.pace().equals(Pace.NONE))
        .flatMapToLong(group -> LongStream.generate(group::delayNanos).limit(group.slots()))
        .toArray();
  }
}
