// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtbQueueTest {
  @ParameterizedTest
  @ValueSource(longs = {100_000, 50_000_000, 1_000_000_000, 10_000_000_000L, 60_000_000_000L})
  void theRateInWholeBytesGivesTheDelayBackToTwoTenthsOfAMillisecond(long delay) {
    double given = HtbQueue.PACKET_BYTES * 1e9 / HtbQueue.bytesPerSecond(delay);

    assertThat(given).isCloseTo((double) delay, within(220_000.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 60_000_000_001L})
  void aDelayThatTheKernelForgetsIsRefused(long delay) {
    assertThatThrownBy(() -> HtbQueue.bytesPerSecond(delay))
        .hasMessage("a delay of " + delay + " ns is not in 1 ns to 60 s");
  }

  @Test
  void thereAreAsManyClassesAsNumbersForThem() {
    assertThat(HtbQueue.HANDLE | HtbQueue.MOST_CLASSES).isEqualTo(0x1fffe);
  }
}
