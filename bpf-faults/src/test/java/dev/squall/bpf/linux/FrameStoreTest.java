// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameStoreTest {
  private static final int SMALL = 1514;
  private static final int LARGE = 65_000;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment frame = arena.allocate(FrameStore.LARGE_BYTES);

  @AfterEach
  void freeTheMemory() {
    arena.close();
  }

  @Test
  void aFrameIsStoredAsItIs() {
    FrameStore store = new FrameStore(2, 2, arena);
    frame.fill((byte) 7);

    int slot = store.add(frame, LARGE);

    MemorySegment stored = MemorySegment.ofAddress(store.address(slot)).reinterpret(LARGE);
    assertThat(store.length(slot)).isEqualTo(LARGE);
    assertThat(stored.toArray(JAVA_BYTE)).containsOnly(7);
  }

  @Test
  void smallFramesTakeLargeSlotsWhenTheirOwnAreTaken() {
    FrameStore store = new FrameStore(2, 3, arena);
    Set<Long> addresses = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      addresses.add(store.address(store.add(frame, SMALL)));
    }

    assertThat(addresses).hasSize(5);
    assertThat(store.add(frame, SMALL)).isEqualTo(-1);
  }

  @Test
  void largeFramesDoNotTakeSmallSlots() {
    FrameStore store = new FrameStore(2, 1, arena);

    assertThat(store.add(frame, LARGE)).isNotNegative();
    assertThat(store.add(frame, LARGE)).isEqualTo(-1);
    assertThat(store.add(frame, SMALL)).isNotNegative();
  }

  @Test
  void aReleasedSlotIsUsedAgain() {
    FrameStore store = new FrameStore(1, 0, arena);
    int slot = store.add(frame, SMALL);
    store.release(slot);

    assertThat(store.add(frame, SMALL)).isEqualTo(slot);
  }
}
