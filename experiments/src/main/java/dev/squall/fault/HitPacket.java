// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.target.TcpFlag;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/// A packet that a fault hit, as it was before.
///
/// @param where it was hit
public record HitPacket(
    Instant time,
    Fault fault,
    Direction direction,
    AttachedInterface where,
    Frame frame,
    Capture capture) {

  /// What was in it.
  ///
  /// @param bytes from the Ethernet header on
  /// @param segments on the wire, more than one for a packet that the device splits
  /// @param protocol the IANA number of the transport protocol
  /// @param tcpFlags in the order of the header, none for other protocols
  public record Frame(
      End source, End destination, int bytes, int segments, int protocol, List<TcpFlag> tcpFlags) {

    public Frame {
      tcpFlags = List.copyOf(tcpFlags);
    }
  }

  /// The beginning of the packet as it is on the wire, but for what a device has yet to finish: its
  /// segments, its checksums.
  ///
  /// @param bytes the first ones, for most packets all headers
  /// @param length of the whole packet
  @SuppressWarnings("ArrayRecordComponent") // written as they are, never compared as a whole
  public record Capture(byte[] bytes, int length) {}

  /// One end of its way.
  ///
  /// @param port 0 when the protocol has none
  public record End(InetAddress address, int port) {}
}
