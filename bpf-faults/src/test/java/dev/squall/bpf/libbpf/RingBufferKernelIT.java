// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.linux.Privilege;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The program emits events numbered from 0 on and discards every third.
class RingBufferKernelIT {
  private static final byte[] PACKET = new byte[60];

  /// A ring of 64 KiB, records of 16 bytes with 8 of header.
  private static final int FULL = (1 << 16) / 24;

  private BpfObject object;
  private RingBuffer ring;

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

  @BeforeEach
  void loadTheObject() {
    object = TestObjects.loaded("loader_test");
    ring = new RingBuffer(object.map("test_events"));
  }

  @AfterEach
  void closeEverything() {
    ring.close();
    object.close();
  }

  private void emit(int events) {
    object.program("test_emit").testRun(PACKET, TestContext.EMPTY.withMark(9), events);
  }

  private List<Long> drain() {
    List<Long> numbers = new ArrayList<>();
    ring.drain(
        data -> {
          assertThat(data.byteSize()).isEqualTo(16);
          assertThat(data.get(JAVA_INT, 8)).isEqualTo(PACKET.length);
          assertThat(data.get(JAVA_INT, 12)).isEqualTo(9);
          numbers.add(data.get(JAVA_LONG, 0));
        });
    return numbers;
  }

  @Test
  void recordsArriveInOrderWithoutTheDiscardedOnes() {
    emit(7);

    assertThat(drain()).containsExactly(0L, 1L, 3L, 4L, 6L);
    assertThat(drain()).isEmpty();
  }

  @Test
  void nothingIsLostOrTornWhereTheRingBeginsAnew() {
    long next = 0;
    for (int round = 0; round < 20; round++) {
      emit(999);
      List<Long> numbers = drain();
      assertThat(numbers).hasSize(666).isSorted();
      assertThat(numbers.getFirst()).isEqualTo(next);
      next += 999;
    }
  }

  @Test
  void aFullRingTakesNothingMoreUntilItIsDrained() {
    emit(2 * FULL);

    int kept = drain().size();

    assertThat(kept).isBetween(FULL * 2 / 3 - 2, FULL * 2 / 3 + 2);
    emit(3);
    assertThat(drain()).isNotEmpty();
  }
}
