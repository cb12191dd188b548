// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.libbpf.BpfMap;
import java.util.concurrent.locks.LockSupport;

/// Waits for the packets that were on their way when a fault ended.
final class Drain {
  private static final long LATENESS_NANOS = 20_000_000L;
  private static final long STEP_NANOS = 5_000_000L;

  private Drain() {}

  /// Until the last packet was to leave, and a little longer. No packet comes after the fault is
  /// disarmed, and one with several delays still to serve is bounded by their sum.
  static void await(BpfMap waiting) {
    while (LineMaps.latestDeparture(waiting.mmap()) + LATENESS_NANOS > System.nanoTime()) {
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
