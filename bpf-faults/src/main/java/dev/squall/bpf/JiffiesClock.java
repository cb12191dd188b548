// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.RunMap;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.linux.KernelClock;
import java.time.Duration;
import java.time.Instant;

/// The kernel's tick counter, which BPF programs read for 0.2 ns where a clock costs 30. User space
/// cannot read it, but can work it out: it advances with CLOCK_MONOTONIC by one per tick
/// (tick_do_update_jiffies64 in kernel/time/tick-sched.c), so one reading of both is enough.
final class JiffiesClock {
  /// Long enough to be taken for an IPv4 packet.
  private static final byte[] NO_PACKET = new byte[64];

  private final long jiffies;
  private final long nanos;
  private final long tickNanos;
  private final Instant origin;

  JiffiesClock(long jiffies, long nanos, long tickNanos) {
    this.jiffies = jiffies;
    this.nanos = nanos;
    this.tickNanos = tickNanos;
    this.origin = Instant.now().minusNanos(System.nanoTime() - nanos);
  }

  /// Lets the kernel read both clocks at one instant.
  static JiffiesClock calibrate(BpfProgram clock, RunMap run) {
    clock.testRun(NO_PACKET, TestContext.EMPTY, 1);
    return new JiffiesClock(run.clockJiffies(), run.clockNanos(), KernelClock.tick().toNanos());
  }

  /// As of now, never ahead. Allocates nothing: System.nanoTime is CLOCK_MONOTONIC on Linux.
  long now() {
    return jiffies + Math.floorDiv(System.nanoTime() - nanos, tickNanos);
  }

  /// Whole ticks, so that nothing lasts longer than asked.
  long ticks(Duration duration) {
    return duration.toNanos() / tickNanos;
  }

  Duration duration(long ticks) {
    return Duration.ofNanos(ticks * tickNanos);
  }

  /// When CLOCK_MONOTONIC stood so, likewise.
  Instant wallClock(long monotonicNanos) {
    return origin.plusNanos(monotonicNanos - nanos);
  }

  /// When a tick was, by the wall clock as it stood when this was made.
  Instant instant(long tick) {
    return origin.plusNanos((tick - jiffies) * tickNanos);
  }
}
