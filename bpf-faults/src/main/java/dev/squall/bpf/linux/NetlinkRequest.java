// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Writes netlink messages, one after the other into one buffer, so that hundreds go to the kernel
/// in a single send. The layout is that of netlink(7): native byte order, everything aligned to 4
/// bytes.
final class NetlinkRequest {
  static final int HEADER_BYTES = 16;
  private static final int NLM_F_REQUEST = 1;
  private static final int NLM_F_ACK = 4;
  private static final int FLAGS_OFFSET = 6;
  private static final int NESTED = 0x8000;
  private static final int ATTRIBUTE_HEADER_BYTES = 4;

  private final Deque<Integer> nests = new ArrayDeque<>();
  private ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
  private int start;
  private int sequence;

  /// Begins a message; what is put from here on belongs to it.
  NetlinkRequest message(int type, int flags) {
    finishMessage();
    start = buffer.position();
    sequence++;
    reserve(HEADER_BYTES);
    buffer.putInt(0).putShort((short) type).putShort((short) (flags | NLM_F_REQUEST));
    buffer.putInt(sequence).putInt(0);
    return this;
  }

  NetlinkRequest int8(int value) {
    reserve(1);
    buffer.put((byte) value);
    return this;
  }

  NetlinkRequest int16(int value) {
    reserve(2);
    buffer.putShort((short) value);
    return this;
  }

  NetlinkRequest int32(int value) {
    reserve(4);
    buffer.putInt(value);
    return this;
  }

  NetlinkRequest int64(long value) {
    reserve(8);
    buffer.putLong(value);
    return this;
  }

  NetlinkRequest bytes(byte[] value) {
    reserve(value.length);
    buffer.put(value);
    return this;
  }

  /// Begins an attribute that [#end] closes. It holds plain values or further attributes.
  NetlinkRequest attribute(int type) {
    align();
    nests.push(buffer.position());
    reserve(ATTRIBUTE_HEADER_BYTES);
    buffer.putShort((short) 0).putShort((short) type);
    return this;
  }

  /// Like [#attribute], with the mark that newer families ask for.
  NetlinkRequest nested(int type) {
    return attribute(type | NESTED);
  }

  NetlinkRequest end() {
    int opened = nests.pop();
    buffer.putShort(opened, (short) (buffer.position() - opened));
    align();
    return this;
  }

  NetlinkRequest attribute8(int type, int value) {
    return attribute(type).int8(value).end();
  }

  NetlinkRequest attribute32(int type, int value) {
    return attribute(type).int32(value).end();
  }

  NetlinkRequest attribute64(int type, long value) {
    return attribute(type).int64(value).end();
  }

  /// A string attribute with its closing zero.
  NetlinkRequest attributeText(int type, String value) {
    return attribute(type).bytes(value.getBytes(StandardCharsets.UTF_8)).int8(0).end();
  }

  /// How many bytes there are so far.
  int size() {
    return buffer.position();
  }

  /// The sequence number of the last message, whose acknowledgement means that all were dealt with.
  int lastSequence() {
    return sequence;
  }

  /// The bytes to send, the last message marked to be acknowledged.
  byte[] acknowledged() {
    byte[] bytes = toBytes();
    bytes[start + FLAGS_OFFSET] |= NLM_F_ACK;
    return bytes;
  }

  /// The bytes to send.
  byte[] toBytes() {
    finishMessage();
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private void finishMessage() {
    if (buffer.position() > start) {
      align();
      buffer.putInt(start, buffer.position() - start);
    }
  }

  private void align() {
    while (buffer.position() % 4 != 0) {
      int8(0);
    }
  }

  private void reserve(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
      byte[] larger = Arrays.copyOf(buffer.array(), capacity);
      buffer = ByteBuffer.wrap(larger).order(ByteOrder.nativeOrder()).position(buffer.position());
    }
  }
}
