// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;

/// An IPv6 header.
///
/// @param version 6 when it is right
public record Ipv6(Ends ends, int version) implements Layer {
  static final int NUMBER = 0x86dd;
  static final int BYTES = 40;

  private static final int HOP_LIMIT = 61;

  static Ipv6 between(String source, String destination) {
    return new Ipv6(Ends.of(source, destination), 6);
  }

  public Ipv6 version(int other) {
    return new Ipv6(ends, other);
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public byte[] encode(Carried carried) {
    return ByteBuffer.allocate(BYTES + carried.length())
        .putInt(version << 28)
        .putShort((short) carried.length())
        .put((byte) carried.number())
        .put((byte) HOP_LIMIT)
        .put(ends.sourceBytes())
        .put(ends.destinationBytes())
        .put(carried.bytes())
        .array();
  }
}
