// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;

/// An IPv4 header.
///
/// @param options bytes of options, a multiple of 4 up to 40
/// @param fragment where in the datagram this is
/// @param carries the protocol, or FOLLOWING: that of the next layer
/// @param form what a malformed one says of itself
public record Ipv4(Ends ends, int options, Fragment fragment, int carries, Form form)
    implements Layer {
  static final int NUMBER = 0x0800;
  static final int FOLLOWING = -1;
  static final int BYTES = 20;

  private static final int TTL = 61;
  private static final int NO_OPERATION = 1;

  /// A part of a datagram.
  ///
  /// @param offset in bytes, a multiple of 8
  /// @param more whether another one follows
  public record Fragment(int offset, boolean more) {
    static final Fragment WHOLE = new Fragment(0, false);
  }

  /// What the header says, right or wrong.
  ///
  /// @param version 4 when it is right
  /// @param words of the header beyond those that it has
  /// @param length of the packet beyond that which it has
  public record Form(int version, int words, int length) {
    static final Form RIGHT = new Form(4, 0, 0);
  }

  static Ipv4 between(String source, String destination) {
    return new Ipv4(Ends.of(source, destination), 0, Fragment.WHOLE, FOLLOWING, Form.RIGHT);
  }

  public Ipv4 options(int bytes) {
    return new Ipv4(ends, bytes, fragment, carries, form);
  }

  public Ipv4 fragment(int offset, boolean more) {
    return new Ipv4(ends, options, new Fragment(offset, more), carries, form);
  }

  /// Names a protocol that no layer here stands for, as in a later fragment.
  public Ipv4 carrying(int protocol) {
    return new Ipv4(ends, options, fragment, protocol, form);
  }

  public Ipv4 version(int version) {
    return new Ipv4(ends, options, fragment, carries, new Form(version, form.words, form.length));
  }

  public Ipv4 headerWordsMore(int words) {
    return new Ipv4(ends, options, fragment, carries, new Form(form.version, words, form.length));
  }

  public Ipv4 lengthMore(int bytes) {
    return new Ipv4(ends, options, fragment, carries, new Form(form.version, form.words, bytes));
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public byte[] encode(Carried carried) {
    int header = BYTES + options;
    ByteBuffer packet = ByteBuffer.allocate(header + carried.length());
    packet.put((byte) ((form.version << 4) | ((header / 4 + form.words) & 15))).put((byte) 0);
    packet.putShort((short) (packet.capacity() + form.length)).putShort((short) 0x1234);
    packet.putShort((short) ((fragment.more ? 0x2000 : 0) | fragment.offset / 8));
    packet.put((byte) TTL).put((byte) (carries == FOLLOWING ? carried.number() : carries));
    packet.putShort((short) 0).put(ends.sourceBytes()).put(ends.destinationBytes());
    while (packet.position() < header) {
      packet.put((byte) NO_OPERATION);
    }
    byte[] headerBytes = java.util.Arrays.copyOf(packet.array(), header);
    packet.putShort(10, (short) InternetChecksum.of(InternetChecksum.sum(headerBytes)));
    return packet.put(carried.bytes()).array();
  }
}
