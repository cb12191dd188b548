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
/// @param overflow packets that should have been hit but passed, because no room was left for them;
///   of a partition that rejects, packets that were dropped without an answer
/// @param firstHit null while nothing was hit
/// @param lastHit null while nothing was hit
public record Counters(
    PacketCount matched,
    PacketCount hit,
    long hitBytes,
    long overflow,
    @Nullable Instant firstHit,
    @Nullable Instant lastHit) {

  public static final Counters ZERO =
      new Counters(PacketCount.ZERO, PacketCount.ZERO, 0, 0, null, null);
}
