// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.attach.AttachPoint;
import dev.squall.bpf.attach.Attachment;
import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.linux.DepartureTable;
import dev.squall.bpf.linux.Link;
import dev.squall.bpf.linux.Links;
import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.linux.TapDelayLoop;
import dev.squall.bpf.linux.TapDevice;
import dev.squall.bpf.program.WaitPlan;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A TAP device in the target's namespace, which the kernel removes with its open file. A thread of
/// this process reads each packet, holds it and writes it back. Its heartbeat tells the programs
/// that it lives: without it packets pass undelayed.
public final class TapLine implements DelayLine {
  /// As many as the loop has room for, whatever their size.
  static final int SLOTS = 2048;

  private final NetworkNamespace target;
  private final AttachPoint attachPoint;
  private final WaitPlan plan;
  private final TapDevice device;
  private final Link link;
  private @Nullable Service service;
  private @Nullable Attachment attachment;

  private TapLine(
      NetworkNamespace target,
      AttachPoint attachPoint,
      WaitPlan plan,
      TapDevice device,
      Link link) {
    this.target = target;
    this.attachPoint = attachPoint;
    this.plan = plan;
    this.device = device;
    this.link = link;
  }

  static TapLine open(Site site, WaitPlan plan) {
    String name = DelayDevice.name(site.number());
    TapDevice device = site.target().call(() -> TapDevice.create(name));
    try {
      Link link = site.target().call(() -> bringUp(name));
      return new TapLine(site.target(), site.attachPoint(), plan, device, link);
    } catch (RuntimeException | Error e) {
      device.close();
      throw e;
    }
  }

  private static Link bringUp(String name) {
    Link link = Objects.requireNonNull(Links.byName(name));
    Links.setAlias(link.index(), DelayDevice.alias());
    Links.setQueueLength(link.index(), SLOTS);
    Links.upWithoutAddresses(link.index());
    return link;
  }

  /// The loop that holds packets, and the thread that it runs on.
  private record Service(TapDelayLoop loop, Thread thread, BpfMap waiting) {
    void end() {
      loop.stop();
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      loop.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public int kind() {
    return LineMaps.TAP;
  }

  @Override
  public WaitPlan plan() {
    return plan;
  }

  @Override
  public boolean hasFar() {
    return false;
  }

  @Override
  public String note() {
    return "delayed packets wait in this process behind the device " + link.name();
  }

  @Override
  public void connect(Function<String, BpfProgram> programs, Function<String, BpfMap> maps) {
    BpfMap waiting = maps.apply(LineMaps.WAITING_NAME);
    BpfMap line = maps.apply(LineMaps.LINE_NAME);
    DepartureTable departures =
        new DepartureTable(
            waiting.mmap(),
            LineMaps.waitingStride(),
            LineMaps.departureOffset(),
            (short) FaultAbi.TAP_MAGIC);
    TapDelayLoop loop =
        new TapDelayLoop(
            device,
            departures,
            LineMaps.heartbeat(line.mmap()),
            new TapDelayLoop.Capacity(SLOTS, SLOTS));
    Thread thread = Thread.ofPlatform().name("squall-tap").daemon().start(loop);
    service = new Service(loop, thread, waiting);
    LineMaps.setLine(line.mmap(), LineMaps.TAP, link.index(), link.index());
    BpfProgram near = programs.apply("squall_near");
    attachment = target.call(() -> attachPoint.attach(near, link.index(), Hook.INGRESS));
  }

  @Override
  public void drain() {
    if (service != null) {
      Drain.await(service.waiting());
    }
  }

  @Override
  public void close() {
    if (service != null) {
      service.end();
    }
    if (attachment != null) {
      attachment.close();
    }
    device.close();
  }
}
