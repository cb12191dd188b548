// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one rule has counted since it was armed.
///
/// @param matched packets that the traffic filter chose
/// @param hit those of them that the fault touched
/// @param hitBytes bytes of the packets hit, as the interface sees them: with their Ethernet
///   headers
/// @param others what fared otherwise than asked
/// @param hits when; null while nothing was hit
public record Counters(
    PacketCount matched, PacketCount hit, long hitBytes, Others others, @Nullable Span hits) {

  public static final Counters ZERO =
      new Counters(PacketCount.ZERO, PacketCount.ZERO, 0, Others.NONE, null);

  /// The same of [Others].
  public long overflow() {
    return others.overflow();
  }

  /// What fared otherwise than asked.
  ///
  /// @param overflow packets that should have been hit but passed, because no room was left for
  ///   them; of a partition that rejects, packets that were dropped without an answer; of a rate,
  ///   packets that were dropped because the backlog was full
  /// @param marked of a rate: packets whose sender was told of the congestion instead (ECN)
  /// @param nameless where servers are chosen by name: flows on the interface, in both directions
  ///   together, whose server's name could not be read, and that passed
  public record Others(long overflow, long marked, long nameless) {
    public static final Others NONE = new Others(0, 0, 0);
  }

  /// From the first packet to the last.
  public record Span(Instant first, Instant last) {}
}
