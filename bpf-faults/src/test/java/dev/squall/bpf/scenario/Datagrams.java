// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory for many datagrams that cross the kernel's border in one call: an array of struct mmsghdr
/// (socket.h), each with one payload of a number and a time, and room for the kernel's time stamp.
final class Datagrams {
  static final int PAYLOAD_BYTES = 64;

  private static final int HEADER_BYTES = 64;
  private static final int VECTOR_BYTES = 16;
  private static final int CONTROL_BYTES = 64;
  private static final int VECTOR = 16;
  private static final int VECTORS = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int STAMP = 16;

  private final int capacity;
  private final MemorySegment headers;
  private final MemorySegment payloads;
  private final MemorySegment controls;

  Datagrams(int capacity, boolean stamped) {
    this.capacity = capacity;
    Arena arena = Arena.ofAuto();
    headers = arena.allocate((long) capacity * HEADER_BYTES, 8);
    payloads = arena.allocate((long) capacity * PAYLOAD_BYTES, 8);
    controls = arena.allocate((long) capacity * CONTROL_BYTES, 8);
    MemorySegment vectors = arena.allocate((long) capacity * VECTOR_BYTES, 8);
    for (long i = 0; i < capacity; i++) {
      vectors.set(JAVA_LONG, i * VECTOR_BYTES, payloads.address() + i * PAYLOAD_BYTES);
      vectors.set(JAVA_LONG, i * VECTOR_BYTES + 8, PAYLOAD_BYTES);
      headers.set(JAVA_LONG, i * HEADER_BYTES + VECTOR, vectors.address() + i * VECTOR_BYTES);
      headers.set(JAVA_LONG, i * HEADER_BYTES + VECTORS, 1);
      if (stamped) {
        long control = controls.address() + i * CONTROL_BYTES;
        headers.set(JAVA_LONG, i * HEADER_BYTES + CONTROL, control);
      }
    }
  }

  int capacity() {
    return capacity;
  }

  /// For sendmmsg(2) and recvmmsg(2), the datagrams from one on.
  long address(int first) {
    return headers.address() + (long) first * HEADER_BYTES;
  }

  void write(int index, long number, long sentNanos) {
    payloads.set(JAVA_LONG, (long) index * PAYLOAD_BYTES, number);
    payloads.set(JAVA_LONG, (long) index * PAYLOAD_BYTES + 8, sentNanos);
  }

  /// The kernel shortens the room for stamps to what it used: before each call it is put right.
  void makeRoomForStamps() {
    for (long i = 0; i < capacity; i++) {
      headers.set(JAVA_INT, i * HEADER_BYTES + CONTROL_LENGTH, CONTROL_BYTES);
    }
  }

  long number(int index) {
    return payloads.get(JAVA_LONG, (long) index * PAYLOAD_BYTES);
  }

  long sentNanos(int index) {
    return payloads.get(JAVA_LONG, (long) index * PAYLOAD_BYTES + 8);
  }

  /// When the kernel received it, by CLOCK_REALTIME: the first control message is SCM_TIMESTAMPNS.
  long receivedNanos(int index) {
    return Clock.read(controls, (long) index * CONTROL_BYTES + STAMP);
  }
}
