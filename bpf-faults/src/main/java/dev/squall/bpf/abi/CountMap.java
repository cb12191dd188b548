// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.lang.foreign.MemorySegment;

/// `squall_counts`: what each rule has done. Its index is that of `squall_rules`.
public final class CountMap {
  public static final String NAME = "squall_counts";

  static final Struct COUNTS = new Struct("squall_counts");
  private static final Field MATCHED = COUNTS.u64("matched");
  private static final Field MATCHED_EXTRA = COUNTS.u64("matched_extra");
  private static final Field HIT = COUNTS.u64("hit");
  private static final Field HIT_EXTRA = COUNTS.u64("hit_extra");
  private static final Field HIT_BYTES = COUNTS.u64("hit_bytes");
  private static final Field OVERFLOW = COUNTS.u64("overflow");
  private static final Field FIRST_HIT = COUNTS.u64("first_hit");
  private static final Field LAST_HIT = COUNTS.u64("last_hit");
  private static final Field MARKED = COUNTS.u64("marked");

  static {
    COUNTS.u64("draws");
    COUNTS.u64("next_reject_ns");
    COUNTS.u64("law_state");
    COUNTS.u64("window_end");
    COUNTS.u64("window_matched");
    COUNTS.u64("window_hit");
  }

  private static final Field UNRECORDED = COUNTS.u64("unrecorded");

  private final MemorySegment memory;

  public CountMap(MemorySegment memory) {
    this.memory = memory;
  }

  /// A number of packets.
  ///
  /// @param packets as the hook saw them; a GSO packet is one
  /// @param segments as the wire sees them
  public record Count(long packets, long segments) {}

  /// The counters of one rule.
  ///
  /// @param marked told their receiver of congestion instead of being dropped
  /// @param ticks of the hits
  public record Counts(
      Count matched, Count hit, long hitBytes, long overflow, long marked, Ticks ticks) {}

  /// When the first and the last hit was, in jiffies; 0 when there was none.
  public record Ticks(long first, long last) {}

  public Counts read(int index) {
    long base = index * COUNTS.size();
    return new Counts(
        count(MATCHED, MATCHED_EXTRA, base),
        count(HIT, HIT_EXTRA, base),
        HIT_BYTES.observe(memory, base),
        OVERFLOW.observe(memory, base),
        MARKED.observe(memory, base),
        new Ticks(FIRST_HIT.observe(memory, base), LAST_HIT.observe(memory, base)));
  }

  /// Hits that were to be recorded and for which there was no room, where every hit is.
  public long unrecorded(int index) {
    return UNRECORDED.observe(memory, index * COUNTS.size());
  }

  private Count count(Field packets, Field extra, long base) {
    long counted = packets.observe(memory, base);
    return new Count(counted, counted + extra.observe(memory, base));
  }
}
