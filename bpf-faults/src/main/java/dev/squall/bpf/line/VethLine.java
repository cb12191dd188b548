// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.program.WaitPlan;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Packets wait in the queue of a veth pair's far end.
public final class VethLine implements DelayLine {
  private final VethPair pair;
  private final WaitPlan plan;
  private final int kind;
  private @Nullable BpfMap waiting;

  private VethLine(VethPair pair, WaitPlan plan, int kind) {
    this.pair = pair;
    this.plan = plan;
    this.kind = kind;
  }

  /// Makes the pair and its queue.
  ///
  /// @param kind FQ or HTB of `LineMaps`
  /// @param queue adds the queue to the far end
  static VethLine open(Site site, int kind, WaitPlan plan, IntConsumer queue) {
    String name = DelayDevice.name(site.number());
    VethPair pair = VethPair.open(site, name, (far, _) -> queue.accept(far.index()));
    return new VethLine(pair, plan, kind);
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
        .formatted(kind == LineMaps.FQ ? "fq" : "HTB", pair.near().name());
  }

  @Override
  public void connect(Function<String, BpfProgram> programs, Function<String, BpfMap> maps) {
    waiting = maps.apply(LineMaps.WAITING_NAME);
    LineMaps.setLine(
        maps.apply(LineMaps.LINE_NAME).mmap(), kind, pair.near().index(), pair.far().index());
    pair.attach(programs.apply("squall_far"), programs.apply("squall_near"));
  }

  @Override
  public void drain() {
    if (waiting != null) {
      Drain.await(waiting);
    }
  }

  @Override
  public void close() {
    pair.close();
  }
}
