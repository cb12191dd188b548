// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One member of a struct: where it lies, and how to read and write it. `base` is the offset of the
/// struct in the memory.
///
/// @param offset bytes from the start of the struct
/// @param elementSize bytes of one element
/// @param count 1, or the length of an array
public record Field(String name, long offset, long elementSize, int count) {
  private static final VarHandle LONG = JAVA_LONG.varHandle();
  private static final VarHandle INT = JAVA_INT.varHandle();

  /// In bytes, the whole array.
  public long size() {
    return elementSize * count;
  }

  long getLong(MemorySegment memory, long base) {
    return memory.get(JAVA_LONG, base + offset);
  }

  void setLong(MemorySegment memory, long base, long value) {
    memory.set(JAVA_LONG, base + offset, value);
  }

  void setLong(MemorySegment memory, long base, int index, long value) {
    memory.set(JAVA_LONG, base + offset + index * 8L, value);
  }

  long getLong(MemorySegment memory, long base, int index) {
    return memory.get(JAVA_LONG, base + offset + index * 8L);
  }

  /// Seen by the kernel at once, and after everything that was written before.
  void publish(MemorySegment memory, long base, long value) {
    LONG.setVolatile(memory, base + offset, value);
  }

  /// As the kernel or another process left it.
  long observe(MemorySegment memory, long base) {
    return (long) LONG.getVolatile(memory, base + offset);
  }

  int getInt(MemorySegment memory, long base) {
    return memory.get(JAVA_INT, base + offset);
  }

  void setInt(MemorySegment memory, long base, int value) {
    memory.set(JAVA_INT, base + offset, value);
  }

  void publishInt(MemorySegment memory, long base, int value) {
    INT.setVolatile(memory, base + offset, value);
  }

  int observeInt(MemorySegment memory, long base) {
    return (int) INT.getVolatile(memory, base + offset);
  }

  int getShort(MemorySegment memory, long base) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, base + offset));
  }

  int getByte(MemorySegment memory, long base) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, base + offset));
  }

  void setByte(MemorySegment memory, long base, int index, int value) {
    memory.set(JAVA_BYTE, base + offset + index, (byte) value);
  }

  byte[] getBytes(MemorySegment memory, long base) {
    return memory.asSlice(base + offset, size()).toArray(JAVA_BYTE);
  }

  /// Copies bytes of the array as they are.
  void copy(MemorySegment memory, long base, int from, byte[] to, int at, int length) {
    MemorySegment.copy(memory, JAVA_BYTE, base + offset + from, to, at, length);
  }

  String getText(MemorySegment memory, long base) {
    byte[] bytes = getBytes(memory, base);
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /// Cut to what fits, with a zero at the end.
  void setText(MemorySegment memory, long base, String text) {
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), (int) size());
    bytes[bytes.length - 1] = 0;
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, base + offset, bytes.length);
  }
}
