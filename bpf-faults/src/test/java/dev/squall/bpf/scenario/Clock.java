// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.squall.bpf.linux.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// CLOCK_REALTIME, the clock by which the kernel stamps datagrams as they arrive.
final class Clock {
  private static final int CLOCK_REALTIME = 0;
  private static final NativeFunction CLOCK_GETTIME = NativeSocket.libc("clock_gettime");

  private final MemorySegment time = Arena.ofAuto().allocate(16, 8);

  /// Nanoseconds since 1970. One thread uses it.
  long nanos() {
    CLOCK_GETTIME.call(CLOCK_REALTIME, time.address());
    return read(time, 0);
  }

  /// struct timespec
  static long read(MemorySegment memory, long offset) {
    return memory.get(JAVA_LONG, offset) * 1_000_000_000L + memory.get(JAVA_LONG, offset + 8);
  }
}
