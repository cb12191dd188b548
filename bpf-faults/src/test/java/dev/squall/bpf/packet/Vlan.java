// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;

/// A tag in the packet.
///
/// @param id 0 to 4095
/// @param number 0x8100 (802.1Q) or 0x88a8 (802.1ad)
public record Vlan(int id, int number) implements Layer {
  static final int CUSTOMER = 0x8100;
  static final int SERVICE = 0x88a8;
  static final int BYTES = 4;

  @Override
  public byte[] encode(Carried carried) {
    return ByteBuffer.allocate(BYTES + carried.length())
        .putShort((short) id)
        .putShort((short) carried.number())
        .put(carried.bytes())
        .array();
  }
}
