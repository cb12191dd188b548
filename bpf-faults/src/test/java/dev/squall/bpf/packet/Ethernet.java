// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;

/// The header of a frame, its addresses in the lower 48 bits.
public record Ethernet(long source, long destination) implements Layer {
  static final int BYTES = 14;

  static final Ethernet UNICAST = new Ethernet(0x027371756101L, 0x027371756102L);

  /// To a group of stations: the lowest bit of the first byte is set.
  static final Ethernet MULTICAST = new Ethernet(0x027371756101L, 0x037371756102L);

  /// The header of an answer.
  @SuppressWarnings("ArgumentSelectionDefectChecker") // the swap is the point
  public Ethernet reversed() {
    return new Ethernet(destination, source);
  }

  @Override
  public int number() {
    throw new UnsupportedOperationException("an Ethernet header is the first of a packet");
  }

  @Override
  public byte[] encode(Carried carried) {
    return ByteBuffer.allocate(BYTES + carried.length())
        .putShort((short) (destination >> 32))
        .putInt((int) destination)
        .putShort((short) (source >> 32))
        .putInt((int) source)
        .putShort((short) carried.number())
        .put(carried.bytes())
        .array();
  }
}
