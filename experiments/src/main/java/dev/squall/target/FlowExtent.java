// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import dev.squall.unit.ByteSize;

/// So much of a flow, in one direction.
///
/// @param amount packets as the wire sees them, or bytes of payload; of TCP they are counted by
///   their sequence numbers, so that what is sent again counts once
public record FlowExtent(long amount, Unit unit) {
  /// Regular expression of what [#parse] reads.
  public static final String SYNTAX = "[0-9]{1,18}|" + ByteSize.SYNTAX;

  public enum Unit {
    PACKETS,
    BYTES
  }

  public FlowExtent {
    if (amount < 1) {
      throw refused(Long.toString(amount));
    }
  }

  /// Reads `10`, which is packets, or `10KiB`.
  public static FlowExtent parse(String text) {
    if (text.matches("[0-9]{1,18}")) {
      return new FlowExtent(Long.parseLong(text), Unit.PACKETS);
    }
    if (!text.matches(ByteSize.SYNTAX)) {
      throw refused(text);
    }
    return new FlowExtent(ByteSize.parse(text).bytes(), Unit.BYTES);
  }

  /// The text that [#parse] reads.
  @Override
  public String toString() {
    return unit == Unit.PACKETS ? Long.toString(amount) : new ByteSize(amount).toString();
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        text + ": a part of a flow is a number of packets, as in 10, or of bytes, as in 10KiB");
  }
}
