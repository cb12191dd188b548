// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.attach.AttachPoint;
import dev.squall.bpf.attach.Attachments;
import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.Link;
import dev.squall.bpf.linux.Links;
import dev.squall.bpf.linux.LinuxException;
import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.program.WaitPlan;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A veth pair: the near end bare in the target's namespace, the far end in a namespace that only
/// this process holds, so that the kernel removes both when the process dies. Packets wait in the
/// far end's queue.
public final class VethLine implements DelayLine {
  private static final String FAR = "far";
  private static final int MTU = 65535;

  private final NetworkNamespace target;
  private final AttachPoint attachPoint;
  private final NetworkNamespace ours;
  private final WaitPlan plan;
  private final int kind;
  private final String name;
  private final Link far;
  private final Link near;
  private final Attachments attachments = new Attachments();
  private @Nullable BpfMap waiting;

  private VethLine(Site site, NetworkNamespace ours, WaitPlan plan, int kind, String name) {
    this.target = site.target();
    this.attachPoint = site.attachPoint();
    this.ours = ours;
    this.plan = plan;
    this.kind = kind;
    this.name = name;
    this.far = ours.call(() -> Objects.requireNonNull(Links.byName(FAR)));
    this.near = target.call(() -> Objects.requireNonNull(Links.byName(name)));
  }

  /// Everything is made in our own namespace; the near end moves to the target last.
  ///
  /// @param kind FQ or HTB of `LineMaps`
  /// @param queue adds the queue to the far end
  static VethLine open(Site site, int kind, WaitPlan plan, IntConsumer queue) {
    NetworkNamespace target = site.target();
    String name = DelayDevice.name(site.number());
    NetworkNamespace ours = NetworkNamespace.anonymous();
    try {
      ours.call(
          () -> {
            Links.createVethPair(FAR, name, ours, MTU);
            int far = Objects.requireNonNull(Links.byName(FAR)).index();
            queue.accept(far);
            Links.upWithoutAddresses(far);
            int near = Objects.requireNonNull(Links.byName(name)).index();
            Links.setAlias(near, DelayDevice.alias());
            Links.move(near, target);
            return far;
          });
      target.call(
          () -> {
            Links.upWithoutAddresses(Objects.requireNonNull(Links.byName(name)).index());
            return true;
          });
      return new VethLine(site, ours, plan, kind, name);
    } catch (RuntimeException | Error e) {
      ours.close();
      throw e;
    }
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
        .formatted(kind == LineMaps.FQ ? "fq" : "HTB", name);
  }

  @Override
  public void connect(Function<String, BpfProgram> programs, Function<String, BpfMap> maps) {
    waiting = maps.apply(LineMaps.WAITING_NAME);
    LineMaps.setLine(maps.apply(LineMaps.LINE_NAME).mmap(), kind, near.index(), far.index());
    attach(ours, programs.apply("squall_far"), far);
    attach(target, programs.apply("squall_near"), near);
  }

  private void attach(NetworkNamespace namespace, BpfProgram program, Link link) {
    attachments.add(namespace.call(() -> attachPoint.attach(program, link.index(), Hook.INGRESS)));
  }

  /// Gone already, when the target's namespace has gone.
  private boolean delete() {
    try {
      Links.delete(far.index());
      return true;
    } catch (LinuxException e) {
      if (e.errno() != Errno.ENODEV) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public void drain() {
    if (waiting != null) {
      Drain.await(waiting);
    }
  }

  /// Both ends go with one; the namespace goes with its last holder.
  @Override
  public void close() {
    try (NetworkNamespace _ = ours;
        Attachments _ = attachments) {
      ours.call(this::delete);
    }
  }
}
