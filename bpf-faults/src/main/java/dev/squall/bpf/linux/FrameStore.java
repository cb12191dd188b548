// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Room for frames that wait: small slots for what fits a usual MTU, large ones for packets that
/// are many in one. The memory is reserved once and taken up only where it has been used.
final class FrameStore {
  static final int SMALL_BYTES = 2 << 10;

  /// A 64 KiB packet with its Ethernet and virtio headers.
  static final int LARGE_BYTES = 68 << 10;

  private static final int NONE = -1;

  private final int smallSlots;
  private final MemorySegment memory;
  private final int[] lengths;
  private final int[] freeSmall;
  private final int[] freeLarge;
  private int freeSmallCount;
  private int freeLargeCount;

  FrameStore(int smallSlots, int largeSlots, Arena arena) {
    this.smallSlots = smallSlots;
    long bytes = (long) smallSlots * SMALL_BYTES + (long) largeSlots * LARGE_BYTES;
    memory = NativeFile.reserve(bytes, arena);
    lengths = new int[smallSlots + largeSlots];
    freeSmall = new int[smallSlots];
    freeLarge = new int[largeSlots];
    for (int slot = lengths.length - 1; slot >= 0; slot--) {
      release(slot);
    }
  }

  /// Copies a frame into a free slot; returns the slot, or -1 when none is free.
  int add(MemorySegment frame, int length) {
    int slot = takeFor(length);
    if (slot != NONE) {
      lengths[slot] = length;
      MemorySegment.copy(frame, 0, memory, offset(slot), length);
    }
    return slot;
  }

  private int takeFor(int length) {
    if (length <= SMALL_BYTES && freeSmallCount > 0) {
      return freeSmall[--freeSmallCount];
    }
    return freeLargeCount > 0 ? freeLarge[--freeLargeCount] : NONE;
  }

  long address(int slot) {
    return memory.address() + offset(slot);
  }

  int length(int slot) {
    return lengths[slot];
  }

  /// The last one released is the first one used again: its memory is warm.
  void release(int slot) {
    if (slot < smallSlots) {
      freeSmall[freeSmallCount++] = slot;
    } else {
      freeLarge[freeLargeCount++] = slot;
    }
  }

  private long offset(int slot) {
    int large = Math.max(0, slot - smallSlots);
    return (long) Math.min(slot, smallSlots) * SMALL_BYTES + (long) large * LARGE_BYTES;
  }
}
