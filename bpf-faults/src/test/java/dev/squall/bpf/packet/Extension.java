// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;

/// An IPv6 extension header.
///
/// @param length in bytes: a multiple of 8, for authentication of 4
/// @param detail the fragment field of a fragment header
/// @param carries the protocol, or FOLLOWING: that of the next layer
public record Extension(Kind kind, int length, int detail, int carries) implements Layer {
  /// Those that a packet of ours may have, with their number.
  public enum Kind {
    HOP_BY_HOP(0),
    ROUTING(43),
    FRAGMENT(44),
    AUTHENTICATION(51),
    DESTINATION(60);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  static Extension of(Kind kind, int length) {
    return new Extension(kind, length, 0, Ipv4.FOLLOWING);
  }

  static Extension fragment(int offset, boolean more) {
    return new Extension(Kind.FRAGMENT, 8, offset | (more ? 1 : 0), Ipv4.FOLLOWING);
  }

  /// Names a protocol that no layer here stands for, as in a later fragment.
  public Extension carrying(int protocol) {
    return new Extension(kind, length, detail, protocol);
  }

  @Override
  public int number() {
    return kind.number;
  }

  @Override
  public byte[] encode(Carried carried) {
    int lengthField =
        switch (kind) {
          case FRAGMENT -> 0;
          case AUTHENTICATION -> length / 4 - 2;
          case HOP_BY_HOP, ROUTING, DESTINATION -> length / 8 - 1;
        };
    ByteBuffer header = ByteBuffer.allocate(length + carried.length());
    header.put((byte) (carries == Ipv4.FOLLOWING ? carried.number() : carries));
    header.put((byte) lengthField).putShort((short) detail);
    return header.position(length).put(carried.bytes()).array();
  }
}
