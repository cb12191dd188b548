// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KernelClockTest {
  @Test
  void theClockIsTheOneThatTheKernelCallsMonotonic() {
    long before = KernelClock.monotonicNanosByLibc();
    long between = KernelClock.monotonicNanos();
    long after = KernelClock.monotonicNanosByLibc();

    assertThat(between).isBetween(before, after);
  }

  @Test
  void aTickIsOneToTenMilliseconds() {
    assertThat(KernelClock.tick()).isBetween(Duration.ofNanos(999_000), Duration.ofMillis(11));
  }
}
