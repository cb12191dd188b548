// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import org.jspecify.annotations.Nullable;

/// Which packets on the target's interface a fault may touch; a packet must satisfy every part.
///
/// Ports alone choose TCP and UDP; flags alone choose TCP.
///
/// @param direction null means the direction that is usual for the fault
/// @param protocol null means any
/// @param tcpFlags null means any
public record TrafficFilter(
    @Nullable Direction direction,
    @Nullable Protocol protocol,
    Ports ports,
    Peers peers,
    @Nullable TcpFlags tcpFlags,
    Selection selection) {

  /// Every packet, decided one by one, in the direction that is usual for the fault.
  public static final TrafficFilter ANY =
      new TrafficFilter(null, null, Ports.ANY, Peers.ANY, null, Selection.PACKET);

  public TrafficFilter {
    if (protocol == Protocol.ICMP && !ports.equals(Ports.ANY)) {
      throw new IllegalArgumentException(
          "ICMP has no ports: leave out the ports or choose protocol tcp or udp");
    }
    if (tcpFlags != null && protocol != null && protocol != Protocol.TCP) {
      throw new IllegalArgumentException(
          "TCP flags do not exist in protocol %s: leave out the flags or choose protocol tcp"
              .formatted(protocol));
    }
  }

  /// The same filter with every host name replaced by its addresses.
  public TrafficFilter resolved(NameResolver resolver) {
    return new TrafficFilter(
        direction, protocol, ports, peers.resolved(resolver), tcpFlags, selection);
  }
}
