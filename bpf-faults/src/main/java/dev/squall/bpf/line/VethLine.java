// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.linux.HtbQueue;
import dev.squall.bpf.linux.Links;
import dev.squall.bpf.linux.Qdiscs;
import dev.squall.bpf.program.WaitPlan;
import dev.squall.fault.Delay;
import dev.squall.fault.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Packets wait in the queue of a veth pair's far end. With HTB what is delayed and what passes at
/// a rate has a pair each, as packets count differently there.
public final class VethLine implements DelayLine {
  private static final int LIMIT = 100_000;
  private static final int FLOW_LIMIT = 65_536;
  private static final Duration HORIZON = Delay.LONGEST.plusSeconds(5);

  private final List<VethPair> pairs = new ArrayList<>();
  private final WaitPlan plan;
  private final int kind;
  private @Nullable BpfMap waiting;

  private VethLine(WaitPlan plan, int kind) {
    this.plan = plan;
    this.kind = kind;
  }

  static VethLine openFq(Site site, WaitPlan plan) {
    VethLine line = new VethLine(plan, LineMaps.FQ);
    String name = DelayDevice.name(site.number());
    line.add(site, name, far -> Qdiscs.addFq(far, LIMIT, FLOW_LIMIT, HORIZON));
    return line;
  }

  static VethLine openHtb(Site site, WaitPlan plan) {
    VethLine line = new VethLine(plan, LineMaps.HTB);
    try {
      if (plan.delays()) {
        line.add(site, DelayDevice.name(site.number()), far -> addClasses(far, plan));
      }
      Rate rate = plan.rate();
      if (rate != null) {
        line.add(site, DelayDevice.queueName(site.number()), far -> addLines(far, rate));
      }
      return line;
    } catch (RuntimeException | Error e) {
      line.close();
      throw e;
    }
  }

  private void add(Site site, String name, IntConsumer queue) {
    pairs.add(VethPair.open(site, name, (far, _) -> queue.accept(far.index())));
  }

  private static void addClasses(int far, WaitPlan plan) {
    HtbQueue.add(far);
    HtbQueue.addClasses(far, 1, plan.slotDelays());
  }

  private static void addLines(int far, Rate rate) {
    Links.setQueueLength(far, LIMIT);
    HtbQueue.addLines(far, FaultAbi.DIRECTIONS, rate.rate().bitsPerSecond(), rate.burstTime());
  }

  @Override
  public int kind() {
    return kind;
  }

  @Override
  public WaitPlan plan() {
    return plan;
  }

  @Override
  public boolean hasFar() {
    return true;
  }

  @Override
  public String note() {
    return "delayed packets wait in %s behind the device %s"
        .formatted(
            kind == LineMaps.FQ ? "fq" : "HTB",
            pairs.stream().map(pair -> pair.near().name()).collect(Collectors.joining(" or ")));
  }

  @Override
  public void connect(Function<String, BpfProgram> programs, Function<String, BpfMap> maps) {
    waiting = maps.apply(LineMaps.WAITING_NAME);
    int near = pairs.getFirst().near().index();
    int nearQueue = pairs.getLast().near().index();
    LineMaps.setLine(maps.apply(LineMaps.LINE_NAME).mmap(), kind, near, nearQueue);
    for (VethPair pair : pairs) {
      pair.attach(programs.apply("squall_far"), programs.apply("squall_near"));
    }
  }

  @Override
  public void drain() {
    if (waiting != null) {
      Drain.await(waiting);
    }
  }

  @Override
  public void close() {
    pairs.forEach(VethPair::close);
  }
}
