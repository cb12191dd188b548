// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;

/// A message of ICMP or of ICMPv6.
///
/// @param number 1 or 58
public record Icmp(int number, int type, int code) implements Layer {
  static final int V4 = 1;
  static final int V6 = 58;
  static final int BYTES = 8;

  @Override
  public byte[] encode(Carried carried) {
    ByteBuffer message = ByteBuffer.allocate(BYTES + carried.length());
    message.put((byte) type).put((byte) code).putShort((short) 0).putInt(0x00070001);
    byte[] bytes = message.put(carried.bytes()).array();
    int pseudo = number == V6 ? carried.requireEnds().pseudoHeaderSum(V6, bytes.length) : 0;
    message.putShort(2, (short) InternetChecksum.of(pseudo + InternetChecksum.sum(bytes)));
    return bytes;
  }
}
