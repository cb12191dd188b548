// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.RingBuffer;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `squall_audit`: a sample of the packets that were hit.
public final class AuditRing implements AutoCloseable {
  public static final String NAME = "squall_audit";

  static final Struct EVENT = new Struct("squall_event");
  private static final Field TIME_NS = EVENT.u64("time_ns");
  private static final Field RULE = EVENT.u32("rule");
  private static final Field BYTES = EVENT.u32("bytes");
  private static final Field SEGMENTS = EVENT.u16("segments");
  private static final Field SOURCE_PORT = EVENT.u16("source_port");
  private static final Field DESTINATION_PORT = EVENT.u16("destination_port");
  private static final Field VERSION = EVENT.u8("version");
  private static final Field PROTOCOL = EVENT.u8("protocol");
  private static final Field TCP_FLAGS = EVENT.u8("tcp_flags");
  private static final Field DRY_RUN = EVENT.u8("dry_run");

  static {
    EVENT.bytes("reserved", 6);
  }

  private static final Field SOURCE = EVENT.bytes("source", 16);
  private static final Field DESTINATION = EVENT.bytes("destination", 16);

  private final RingBuffer ring;

  public AuditRing(BpfMap map) {
    ring = new RingBuffer(map);
  }

  /// One end of a packet's way.
  ///
  /// @param port 0 when the protocol has none
  public record End(InetAddress address, int port) {}

  /// The packet as it was when it was hit.
  ///
  /// @param bytes of the frame
  /// @param segments on the wire
  /// @param protocol the IANA number
  /// @param tcpFlags the flags byte of the TCP header, else 0
  public record Shape(int bytes, int segments, int protocol, int tcpFlags) {}

  /// A hit.
  ///
  /// @param timeNanos CLOCK_MONOTONIC
  /// @param rule index in `squall_rules`
  /// @param dryRun it was only counted
  public record Event(
      long timeNanos, int rule, End source, End destination, Shape shape, boolean dryRun) {}

  /// Everything recorded since the last time.
  public List<Event> drain() {
    List<Event> events = new ArrayList<>();
    ring.drain(data -> events.add(event(data)));
    return events;
  }

  private static Event event(MemorySegment data) {
    return new Event(
        TIME_NS.getLong(data, 0),
        RULE.getInt(data, 0),
        new End(address(SOURCE, data), SOURCE_PORT.getShort(data, 0)),
        new End(address(DESTINATION, data), DESTINATION_PORT.getShort(data, 0)),
        new Shape(
            BYTES.getInt(data, 0),
            SEGMENTS.getShort(data, 0),
            PROTOCOL.getByte(data, 0),
            TCP_FLAGS.getByte(data, 0)),
        DRY_RUN.getByte(data, 0) != 0);
  }

  private static InetAddress address(Field field, MemorySegment data) {
    int length = VERSION.getByte(data, 0) == 4 ? 4 : 16;
    try {
      return InetAddress.getByAddress(Arrays.copyOf(field.getBytes(data, 0), length));
    } catch (UnknownHostException e) {
      throw new AssertionError("an address has 4 or 16 bytes", e);
    }
  }

  @Override
  public void close() {
    ring.close();
  }
}
