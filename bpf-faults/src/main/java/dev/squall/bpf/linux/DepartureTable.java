// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// Where a BPF program writes when a frame is to leave: an array in shared memory, whose index it
/// puts into the frame in place of the destination address. In native byte order, these six bytes
/// are
///
/// ```c
/// struct { __u16 magic; __u32 index; } __attribute__((packed));
/// ```
///
/// @param entries the whole array
/// @param stride bytes from one entry to the next, a multiple of 8
/// @param offset of the departure time in an entry, nanoseconds of CLOCK_MONOTONIC, 64 bits, a
///   multiple of 8
/// @param magic by which such a frame is told from others
public record DepartureTable(MemorySegment entries, long stride, long offset, short magic) {
  /// The frame is none of ours, or its index is beyond the table.
  static final long STRAY = Long.MIN_VALUE;

  private static final VarHandle TIME = JAVA_LONG.varHandle();

  /// Looks up when a frame is to leave.
  ///
  /// @param frame with the virtio header, at an address that is a multiple of 4
  /// @return when it is to leave, or [#STRAY]
  long departure(MemorySegment frame) {
    if (frame.get(JAVA_SHORT, TapDevice.HEADER_BYTES) != magic) {
      return STRAY;
    }
    long index = Integer.toUnsignedLong(frame.get(JAVA_INT, TapDevice.HEADER_BYTES + 2));
    long at = index * stride + offset;
    return at > entries.byteSize() - JAVA_LONG.byteSize()
        ? STRAY
        : (long) TIME.getAcquire(entries, at);
  }
}
