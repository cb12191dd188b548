// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.RingBuffer;
import dev.squall.fault.HitPacket;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `squall_audit`: packets that were hit, a sample or all of them.
public final class AuditRing implements AutoCloseable {
  public static final String NAME = "squall_audit";

  /// Room for some 80,000 packets, where every hit is recorded; the sample makes do with less.
  public static final int EVERY_HIT_BYTES = 16 << 20;

  static final Struct EVENT = new Struct("squall_event");
  private static final Field TIME_NS = EVENT.u64("time_ns");
  private static final Field RULE = EVENT.u32("rule");
  private static final Field BYTES = EVENT.u32("bytes");
  private static final Field SEGMENTS = EVENT.u16("segments");
  private static final Field SOURCE_PORT = EVENT.u16("source_port");
  private static final Field DESTINATION_PORT = EVENT.u16("destination_port");
  private static final Field CAPTURED_BYTES = EVENT.u16("captured_bytes");
  private static final Field VLAN_PROTOCOL = EVENT.u16("vlan_protocol");
  private static final Field VLAN_TCI = EVENT.u16("vlan_tci");
  private static final Field VERSION = EVENT.u8("version");
  private static final Field PROTOCOL = EVENT.u8("protocol");
  private static final Field TCP_FLAGS = EVENT.u8("tcp_flags");

  static {
    EVENT.u8("reserved");
  }

  private static final Field SOURCE = EVENT.bytes("source", 16);
  private static final Field DESTINATION = EVENT.bytes("destination", 16);
  private static final Field CAPTURED = EVENT.bytes("captured", FaultAbi.CAPTURE);

  private static final int MAC_ADDRESSES = 12;
  private static final int VLAN_TAG = 4;

  private final BpfMap map;

  /// Null until somebody reads: in memory it takes up twice its size, and an agent with a hundred
  /// pods has as many rings, of which it reads none.
  private @Nullable RingBuffer ring;

  public AuditRing(BpfMap map) {
    this.map = map;
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
  public record Event(
      long timeNanos,
      int rule,
      End source,
      End destination,
      Shape shape,
      HitPacket.Capture capture) {}

  /// Hands over everything recorded since the last time.
  public void drain(Consumer<Event> events) {
    if (ring == null) {
      ring = new RingBuffer(map);
    }
    ring.drain(data -> events.accept(event(data)));
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
        capture(data));
  }

  /// The kernel takes a VLAN tag out of the packet and puts it beside it; on the wire it is where
  /// it was.
  private static HitPacket.Capture capture(MemorySegment data) {
    int length = CAPTURED_BYTES.getShort(data, 0);
    boolean tagged = VLAN_PROTOCOL.getShort(data, 0) != 0 && length >= MAC_ADDRESSES;
    int before = tagged ? MAC_ADDRESSES : length;
    int tag = tagged ? VLAN_TAG : 0;
    byte[] bytes = new byte[length + tag];
    CAPTURED.copy(data, 0, 0, bytes, 0, before);
    if (tagged) {
      VLAN_PROTOCOL.copy(data, 0, 0, bytes, before, 2);
      bytes[before + 2] = (byte) (VLAN_TCI.getShort(data, 0) >> 8);
      bytes[before + 3] = (byte) VLAN_TCI.getShort(data, 0);
    }
    CAPTURED.copy(data, 0, before, bytes, before + tag, length - before);
    return new HitPacket.Capture(bytes, BYTES.getInt(data, 0) + tag);
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
    if (ring != null) {
      ring.close();
    }
  }
}
