// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.ipv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.udp;

import dev.squall.bpf.packet.Ipv4;
import dev.squall.bpf.packet.Ipv6;
import dev.squall.bpf.packet.Layer;
import java.util.ArrayList;
import java.util.List;

/// Packets between the target and one peer of its.
final class Frames {
  static final String TARGET = "10.0.0.1";
  static final String PEER = "10.0.0.2";
  static final String TARGET6 = "fd00::1";
  static final String PEER6 = "fd00::2";
  static final int TARGET_PORT = 40000;
  static final int PEER_PORT = 443;

  private Frames() {}

  /// From the target to the peer.
  static Ipv4 out4() {
    return ipv4(TARGET, PEER);
  }

  static Ipv6 out6() {
    return ipv6(TARGET6, PEER6);
  }

  /// From the peer to the target.
  static Ipv4 in4() {
    return ipv4(PEER, TARGET);
  }

  static Ipv6 in6() {
    return ipv6(PEER6, TARGET6);
  }

  /// A datagram like any other.
  static byte[] datagram() {
    return packet(out4(), udp(TARGET_PORT, PEER_PORT), payload(100));
  }

  static byte[] datagramTo(String peer) {
    Layer ip = peer.contains(":") ? ipv6(TARGET6, peer) : ipv4(TARGET, peer);
    return packet(ip, udp(TARGET_PORT, PEER_PORT), payload(10));
  }

  static byte[] datagramFrom(String peer) {
    Layer ip = peer.contains(":") ? ipv6(peer, TARGET6) : ipv4(peer, TARGET);
    return packet(ip, udp(PEER_PORT, TARGET_PORT), payload(10));
  }

  /// Datagrams of as many flows, which differ in their port and in nothing else.
  static List<byte[]> flows(int count) {
    List<byte[]> flows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      flows.add(packet(out4(), udp(1 + i, PEER_PORT), payload(10)));
    }
    return flows;
  }
}
