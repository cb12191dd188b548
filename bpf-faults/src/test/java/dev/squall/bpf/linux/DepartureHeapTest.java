// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DepartureHeapTest {
  private record Frame(long time, int slot) {}

  @Test
  void framesLeaveByTimeAndThoseOfOneTimeInTheOrderInWhichTheyCame() {
    Random random = new Random(42);
    DepartureHeap heap = new DepartureHeap(1000);
    List<Frame> expected = new ArrayList<>();
    for (int slot = 0; slot < 1000; slot++) {
      Frame frame = new Frame(random.nextLong(50), slot);
      expected.add(frame);
      heap.add(frame.time(), slot);
    }
    expected.sort(Comparator.comparingLong(Frame::time));

    for (Frame frame : expected) {
      assertThat(heap.firstTime()).isEqualTo(frame.time());
      assertThat(heap.removeFirst()).isEqualTo(frame.slot());
    }
    assertThat(heap.isEmpty()).isTrue();
  }

  @Test
  void framesMayComeWhileOthersLeave() {
    DepartureHeap heap = new DepartureHeap(3);
    heap.add(30, 0);
    heap.add(10, 1);
    assertThat(heap.removeFirst()).isEqualTo(1);
    heap.add(20, 2);
    heap.add(5, 3);

    assertThat(heap.size()).isEqualTo(3);
    assertThat(List.of(heap.removeFirst(), heap.removeFirst(), heap.removeFirst()))
        .containsExactly(3, 2, 0);
  }
}
