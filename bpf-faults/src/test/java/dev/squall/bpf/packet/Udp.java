// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;

/// A UDP header.
public record Udp(int source, int destination, Checksum checksum) implements Layer {
  static final int NUMBER = 17;
  static final int BYTES = 8;

  public Udp checksum(Checksum state) {
    return new Udp(source, destination, state);
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public byte[] encode(Carried carried) {
    int length = BYTES + carried.length();
    ByteBuffer datagram = ByteBuffer.allocate(length);
    datagram.putShort((short) source).putShort((short) destination);
    datagram.putShort((short) length).putShort((short) 0);
    byte[] bytes = datagram.put(carried.bytes()).array();
    datagram.putShort(6, (short) checksum.field(carried.requireEnds(), NUMBER, bytes));
    return bytes;
  }
}
