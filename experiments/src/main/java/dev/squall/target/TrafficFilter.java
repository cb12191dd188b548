// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import org.jspecify.annotations.Nullable;

/// Which packets on the target's interface a fault may touch; a packet must satisfy every part.
///
/// Ports alone choose TCP and UDP; flags alone choose TCP.
///
/// @param direction null means the direction that is usual for the fault
/// @param protocol null means any
public record TrafficFilter(
    @Nullable Direction direction,
    @Nullable Protocol protocol,
    Ports ports,
    Peers peers,
    FlowFilter flows,
    Selection selection) {

  /// Every packet, decided one by one, in the direction that is usual for the fault.
  public static final TrafficFilter ANY =
      new TrafficFilter(null, null, Ports.ANY, Peers.ANY, FlowFilter.ANY, Selection.PACKET);

  public TrafficFilter {
    if (protocol == Protocol.ICMP && !ports.equals(Ports.ANY)) {
      throw new IllegalArgumentException(
          "ICMP has no ports: leave out the ports or choose protocol tcp or udp");
    }
    if (flows.needsTcp() && protocol != null && protocol != Protocol.TCP) {
      throw new IllegalArgumentException(
          "%s do not exist in protocol %s: leave them out or choose protocol tcp"
              .formatted(flows.tcpFlags() == null ? "TLS server names" : "TCP flags", protocol));
    }
  }

  /// The same filter with every host name replaced by its addresses.
  public TrafficFilter resolved(NameResolver resolver) {
    return with(peers.resolved(resolver));
  }

  /// The same filter with other peers.
  public TrafficFilter with(Peers others) {
    return new TrafficFilter(direction, protocol, ports, others, flows, selection);
  }
}
