// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;

/// An ARP request for an IPv4 address.
public record Arp(Ends ends) implements Layer {
  private static final int BYTES = 46; // 28, padded to the shortest frame

  @Override
  public int number() {
    return 0x0806;
  }

  @Override
  public byte[] encode(Carried carried) {
    return ByteBuffer.allocate(BYTES)
        .putShort((short) 1)
        .putShort((short) 0x0800)
        .put((byte) 6)
        .put((byte) 4)
        .putShort((short) 1)
        .putShort((short) (Ethernet.UNICAST.source() >> 32))
        .putInt((int) Ethernet.UNICAST.source())
        .put(ends.sourceBytes())
        .put(new byte[6])
        .put(ends.destinationBytes())
        .array();
  }
}
