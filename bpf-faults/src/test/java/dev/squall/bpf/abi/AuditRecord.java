// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A record of `squall_audit`: one packet that was hit.
///
/// @param rule index as in `squall_rules`
/// @param dryRun whether it was only counted
public record AuditRecord(
    long timeNanos, int rule, Size size, Transport transport, Addresses addresses, boolean dryRun) {
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

  /// How large the packet was.
  ///
  /// @param segments on the wire
  public record Size(int bytes, int segments) {}

  public record Transport(int protocol, int sourcePort, int destinationPort, int tcpFlags) {}

  /// Numeric, as `java.net.InetAddress` prints them.
  public record Addresses(String source, String destination) {}

  /// Copies what the ring holds.
  public static AuditRecord read(MemorySegment event) {
    return new AuditRecord(
        TIME_NS.getLong(event, 0),
        RULE.getInt(event, 0),
        new Size(BYTES.getInt(event, 0), SEGMENTS.getShort(event, 0)),
        new Transport(
            PROTOCOL.getByte(event, 0),
            SOURCE_PORT.getShort(event, 0),
            DESTINATION_PORT.getShort(event, 0),
            TCP_FLAGS.getByte(event, 0)),
        new Addresses(address(event, SOURCE), address(event, DESTINATION)),
        DRY_RUN.getByte(event, 0) != 0);
  }

  private static String address(MemorySegment event, Field field) {
    int bytes = VERSION.getByte(event, 0) == 4 ? 4 : 16;
    byte[] address = Arrays.copyOf(field.getBytes(event, 0), bytes);
    try {
      return java.net.InetAddress.getByAddress(address).getHostAddress();
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
