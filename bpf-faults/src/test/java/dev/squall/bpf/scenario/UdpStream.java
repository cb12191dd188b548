// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.target.Direction;
import java.net.InetSocketAddress;

/// Numbered datagrams from one host of a network to the other.
record UdpStream(Family family, UdpSender sender, UdpReceiver receiver) implements AutoCloseable {

  /// The way of the packets that a direction means.
  ///
  /// @param direction egress or ingress
  static UdpStream of(TestNetwork network, Direction direction, Family family, int port, int most) {
    return direction == Direction.EGRESS
        ? toPeer(network, family, port, most)
        : toTarget(network, family, port, most);
  }

  /// @param port at the peer
  /// @param most how many datagrams there will be
  static UdpStream toPeer(TestNetwork network, Family family, int port, int most) {
    InetSocketAddress place = new InetSocketAddress(network.peerAddress(family), port);
    return between(network.target(), network.peer(), family, place, most);
  }

  /// @param port at the target
  static UdpStream toTarget(TestNetwork network, Family family, int port, int most) {
    InetSocketAddress place = new InetSocketAddress(network.targetAddress(family), port);
    return between(network.peer(), network.target(), family, place, most);
  }

  private static UdpStream between(
      NetworkNamespace from,
      NetworkNamespace to,
      Family family,
      InetSocketAddress place,
      int most) {
    UdpReceiver receiver = new UdpReceiver(to, family, place, most);
    return new UdpStream(family, new UdpSender(from, family, place), receiver);
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
  }
}
