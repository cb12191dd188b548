// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A message that the kernel sent.
///
/// @param type its netlink type, such as RTM_NEWLINK
/// @param sequence the number of the request that it answers
/// @param flags the NLM_F flags of its header
/// @param body what follows the header, in native byte order
record NetlinkMessage(int type, int sequence, int flags, ByteBuffer body) {
  private static final int TYPE_MASK = 0x3fff; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER

  /// Splits what one recv(2) gave.
  static List<NetlinkMessage> split(ByteBuffer received) {
    List<NetlinkMessage> messages = new ArrayList<>();
    int at = received.position();
    while (received.limit() - at >= NetlinkRequest.HEADER_BYTES) {
      int length = received.getInt(at);
      if (length < NetlinkRequest.HEADER_BYTES || length > received.limit() - at) {
        throw new IllegalArgumentException("a netlink message of " + length + " bytes");
      }
      int header = NetlinkRequest.HEADER_BYTES;
      ByteBuffer body = slice(received, at + header, length - header);
      int type = Short.toUnsignedInt(received.getShort(at + 4));
      int flags = Short.toUnsignedInt(received.getShort(at + 6));
      messages.add(new NetlinkMessage(type, received.getInt(at + 8), flags, body));
      at += aligned(length);
    }
    return messages;
  }

  /// The attributes behind a fixed header of so many bytes, by type.
  Map<Integer, ByteBuffer> attributes(int headerBytes) {
    return attributes(slice(body, headerBytes, body.limit() - headerBytes));
  }

  /// The attributes in a nest.
  static Map<Integer, ByteBuffer> attributes(ByteBuffer nest) {
    Map<Integer, ByteBuffer> attributes = new HashMap<>();
    int at = 0;
    while (nest.limit() - at >= 4) {
      int length = Short.toUnsignedInt(nest.getShort(at));
      if (length < 4 || length > nest.limit() - at) {
        break;
      }
      attributes.put(nest.getShort(at + 2) & TYPE_MASK, slice(nest, at + 4, length - 4));
      at += aligned(length);
    }
    return attributes;
  }

  /// A string attribute, without its closing zero.
  static String text(ByteBuffer attribute) {
    byte[] bytes = new byte[attribute.limit()];
    attribute.get(0, bytes);
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static ByteBuffer slice(ByteBuffer whole, int from, int length) {
    return whole.slice(from, length).order(ByteOrder.nativeOrder());
  }

  private static int aligned(int length) {
    return (length + 3) & ~3;
  }
}
