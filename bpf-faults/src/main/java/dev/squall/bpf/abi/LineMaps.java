// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.squall.bpf.libbpf.BpfMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The maps of the delay device: `squall_line`, `squall_groups`, `squall_shapes`, `squall_delays`
/// and `squall_waiting`.
public final class LineMaps {
  public static final String LINE_NAME = "squall_line";
  public static final String GROUPS_NAME = "squall_groups";
  public static final String SHAPES_NAME = "squall_shapes";
  public static final String DELAYS_NAME = "squall_delays";
  public static final String WAITING_NAME = "squall_waiting";

  public static final int NO_LINE = 0;
  public static final int FQ = 1;
  public static final int HTB = 2;
  public static final int TAP = 3;

  static final Struct LINE = new Struct("squall_line");
  private static final Field KIND = LINE.u32("kind");
  private static final Field NEAR = LINE.u32("near");
  private static final Field NEAR_QUEUE = LINE.u32("near_queue");

  static {
    LINE.u32("reserved");
  }

  private static final Field HEARTBEAT_NS = LINE.u64("heartbeat_ns");

  static final Struct GROUP = new Struct("squall_group");
  private static final Field DELAY_NS = GROUP.u64("delay_ns");
  private static final Field NS_PER_BYTE = GROUP.u64("ns_per_byte");
  private static final Field BURST_NS = GROUP.u64("burst_ns");
  private static final Field BACKLOG_NS = GROUP.u64("backlog_ns");
  private static final Field FREE_NS = GROUP.u64("free_ns");
  private static final Field FIRST_SLOT = GROUP.u32("first_slot");
  private static final Field SLOTS = GROUP.u32("slots");
  private static final Field CURSOR = GROUP.u64("cursor");

  static final Struct SHAPE = new Struct("squall_shape");
  private static final Field QUANTILE_NS = SHAPE.u64s("quantile_ns", FaultAbi.QUANTILES + 1);

  static final Struct HISTOGRAM = new Struct("squall_histogram");
  private static final Field BUCKET = HISTOGRAM.u64s("bucket", FaultAbi.BUCKETS);

  static final Struct WAITING = new Struct("squall_waiting");
  private static final Field DEPARTURE_NS = WAITING.u64("departure_ns");

  static {
    WAITING.u64("busy_until_ns");
    WAITING.u64("entered_ns");
    WAITING.u64("pending");
    WAITING.u64("flow");
    WAITING.u32("mark");
    WAITING.u32("rule");
    WAITING.bytes("macs", 12);
    WAITING.u32("frame_bytes");
  }

  private LineMaps() {}

  /// Says what packets wait on.
  ///
  /// @param near the interface in the target's namespace for those that are delayed
  /// @param nearQueue the one for those that pass at a rate
  public static void setLine(MemorySegment line, int kind, int near, int nearQueue) {
    NEAR.setInt(line, 0, near);
    NEAR_QUEUE.setInt(line, 0, nearQueue);
    KIND.publishInt(line, 0, kind);
  }

  /// Where a TAP's loop says that it lives: 8 bytes, CLOCK_MONOTONIC in nanoseconds.
  public static MemorySegment heartbeat(MemorySegment line) {
    return line.asSlice(HEARTBEAT_NS.offset(), 8);
  }

  /// When the last packet that ever waited was to leave, CLOCK_MONOTONIC in nanoseconds.
  public static long latestDeparture(MemorySegment waiting) {
    long latest = 0;
    for (long base = 0; base < waiting.byteSize(); base += WAITING.size()) {
      latest = Math.max(latest, DEPARTURE_NS.observe(waiting, base));
    }
    return latest;
  }

  /// Bytes of one entry of `squall_waiting`.
  public static long waitingStride() {
    return WAITING.size();
  }

  /// Offset of the departure time in an entry of `squall_waiting`.
  public static long departureOffset() {
    return DEPARTURE_NS.offset();
  }

  /// Slots from `firstSlot` on whose packets wait alike: for a delay, or for their turn at a pace.
  ///
  /// @param delayNanos of no meaning where there is a pace
  public record Group(long delayNanos, Pace pace, int firstSlot, int slots) {}

  /// How packets leave one after the other.
  ///
  /// @param nanosPerByte × 2^20
  /// @param burstNanos that the line may run ahead
  /// @param backlogNanos the longest that a packet may wait
  public record Pace(long nanosPerByte, long burstNanos, long backlogNanos) {
    public static final Pace NONE = new Pace(0, 0, 0);
  }

  public static void setGroup(MemorySegment groups, int index, Group group) {
    long base = index * GROUP.size();
    DELAY_NS.setLong(groups, base, group.delayNanos());
    NS_PER_BYTE.setLong(groups, base, group.pace().nanosPerByte());
    BURST_NS.setLong(groups, base, group.pace().burstNanos());
    BACKLOG_NS.setLong(groups, base, group.pace().backlogNanos());
    FREE_NS.setLong(groups, base, 0);
    FIRST_SLOT.setInt(groups, base, group.firstSlot());
    SLOTS.setInt(groups, base, group.slots());
    CURSOR.setLong(groups, base, 0);
  }

  /// Stores a delay law.
  ///
  /// @param quantiles 4,097 delays in nanoseconds, ascending: quantile n / 4096
  public static void setShape(MemorySegment shapes, int index, long[] quantiles) {
    long base = index * SHAPE.size();
    for (int i = 0; i < quantiles.length; i++) {
      QUANTILE_NS.setLong(shapes, base, i, quantiles[i]);
    }
  }

  /// Delays by how many packets had them.
  ///
  /// @param delays `squall_delays`, which is too large to be in the memory of whoever has many
  /// @param rule index in `squall_rules`
  public static long[] histogram(BpfMap delays, int rule) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment histogram = call.allocate(HISTOGRAM.size(), Long.BYTES);
      int index = rule % FaultAbi.RULES * FaultAbi.DIRECTIONS + rule / FaultAbi.RULES;
      delays.lookup(call.allocateFrom(JAVA_INT, index), histogram);
      long[] buckets = new long[FaultAbi.BUCKETS];
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = BUCKET.getLong(histogram, 0, i);
      }
      return buckets;
    }
  }
}
