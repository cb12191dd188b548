// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import java.net.InetAddress;

/// What rules can ask of a packet.
///
/// @param direction EGRESS or INGRESS of `FaultAbi`
/// @param protocol its class: 0 TCP, 1 UDP, 2 ICMP, 3 any other
/// @param localPort only of TCP and UDP
/// @param flags only of TCP
public record Subject(
    int direction, int protocol, InetAddress peer, int localPort, int peerPort, int flags) {
  boolean isTcp() {
    return protocol == 0;
  }

  boolean hasPorts() {
    return protocol <= 1;
  }
}
