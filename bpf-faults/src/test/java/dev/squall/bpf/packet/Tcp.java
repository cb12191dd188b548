// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import dev.squall.target.TcpFlag;
import java.nio.ByteBuffer;
import java.util.Set;

/// A TCP header.
///
/// @param options bytes of options, a multiple of 4 up to 40
/// @param form what a malformed one says of itself
public record Tcp(Ports ports, Numbers numbers, Set<TcpFlag> flags, int options, Form form)
    implements Layer {
  static final int NUMBER = 6;
  static final int BYTES = 20;

  private static final int WINDOW = 4096;
  private static final int NO_OPERATION = 1;

  /// Of both ends.
  public record Ports(int source, int destination) {
    /// Those of an answer.
    @SuppressWarnings("ArgumentSelectionDefectChecker") // the swap is the point
    public Ports reversed() {
      return new Ports(destination, source);
    }
  }

  /// Sequence and acknowledgement, 32 bits each.
  public record Numbers(long sequence, long acknowledgement) {}

  /// What the header says, right or wrong.
  ///
  /// @param words of the header beyond those that it has
  public record Form(int words, Checksum checksum) {}

  static Tcp between(int source, int destination) {
    return new Tcp(
        new Ports(source, destination),
        new Numbers(1000, 2000),
        Set.of(TcpFlag.ACK),
        0,
        new Form(0, Checksum.FINISHED));
  }

  public Tcp flags(TcpFlag... wanted) {
    return new Tcp(ports, numbers, Set.of(wanted), options, form);
  }

  public Tcp sequence(long number) {
    return new Tcp(ports, new Numbers(number, numbers.acknowledgement), flags, options, form);
  }

  public Tcp acknowledging(long number) {
    return new Tcp(ports, new Numbers(numbers.sequence, number), flags, options, form);
  }

  public Tcp options(int bytes) {
    return new Tcp(ports, numbers, flags, bytes, form);
  }

  public Tcp checksum(Checksum state) {
    return new Tcp(ports, numbers, flags, options, new Form(form.words, state));
  }

  public Tcp headerWordsMore(int words) {
    return new Tcp(ports, numbers, flags, options, new Form(words, form.checksum));
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public byte[] encode(Carried carried) {
    int header = BYTES + options;
    ByteBuffer segment = ByteBuffer.allocate(header + carried.length());
    segment.putShort((short) ports.source).putShort((short) ports.destination);
    segment.putInt((int) numbers.sequence).putInt((int) numbers.acknowledgement);
    segment.put((byte) ((header / 4 + form.words & 15) << 4));
    segment.put((byte) flags.stream().mapToInt(TcpFlag::bit).sum());
    segment.putShort((short) WINDOW).putInt(0);
    while (segment.position() < header) {
      segment.put((byte) NO_OPERATION);
    }
    byte[] bytes = segment.put(carried.bytes()).array();
    segment.putShort(16, (short) form.checksum.field(carried.requireEnds(), NUMBER, bytes));
    return bytes;
  }
}
