// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import java.net.InetAddress;
import java.time.Instant;

/// A packet that a fault hit, as it was before.
///
/// @param networkInterface where it was hit
public record HitPacket(
    Instant time, Fault fault, Direction direction, String networkInterface, Frame frame) {

  /// What was in it.
  ///
  /// @param bytes from the Ethernet header on
  /// @param segments on the wire, more than one for a packet that the device splits
  /// @param protocol the IANA number of the transport protocol
  /// @param tcpFlags the flags byte of the TCP header, 0 for other protocols
  public record Frame(
      End source, End destination, int bytes, int segments, int protocol, int tcpFlags) {}

  /// One end of its way.
  ///
  /// @param port 0 when the protocol has none
  public record End(InetAddress address, int port) {}
}
