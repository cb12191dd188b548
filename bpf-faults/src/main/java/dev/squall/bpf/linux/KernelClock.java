// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/// The clock by which BPF programs tell the time.
public final class KernelClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private KernelClock() {}

  /// Nanoseconds of CLOCK_MONOTONIC, which `bpf_ktime_get_ns` reads too. HotSpot's
  /// `System.nanoTime` is that clock, without an offset, on Linux; a test watches over it.
  public static long monotonicNanos() {
    return System.nanoTime();
  }

  /// The same by the system call.
  static long monotonicNanosByLibc() {
    return read(Libc.CLOCK_GETTIME, Libc.CLOCK_MONOTONIC);
  }

  /// How far apart two ticks of the kernel's timer are, 1 to 10 ms: how exact anything is that is
  /// told by `jiffies`.
  public static Duration tick() {
    return Duration.ofNanos(read(Libc.CLOCK_GETRES, Libc.CLOCK_MONOTONIC_COARSE));
  }

  private static long read(NativeFunction function, int clock) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
      Libc.check(function.name(), function.callInt(clock, time.address()));
      return time.get(JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(JAVA_LONG, 8);
    }
  }
}
