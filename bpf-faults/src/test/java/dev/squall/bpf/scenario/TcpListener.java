// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.linux.NetworkNamespace;
import java.net.InetSocketAddress;
import java.time.Duration;

/// A host of a network that listens on a port.
record TcpListener(NativeSocket socket, Family family, InetSocketAddress place)
    implements AutoCloseable {
  private static final int BACKLOG = 4096;

  static TcpListener atPeer(TestNetwork network, Family family, int port) {
    return at(network.peer(), family, new InetSocketAddress(network.peerAddress(family), port));
  }

  static TcpListener atTarget(TestNetwork network, Family family, int port) {
    return at(network.target(), family, new InetSocketAddress(network.targetAddress(family), port));
  }

  private static TcpListener at(NetworkNamespace host, Family family, InetSocketAddress place) {
    NativeSocket socket = NativeSocket.stream(host, family).bind(place).listen(BACKLOG);
    return new TcpListener(socket, family, place);
  }

  /// What a client is told within a while, without being accepted: 0 or minus errno.
  int connectFrom(NetworkNamespace host, Duration patience) {
    try (NativeSocket client = NativeSocket.stream(host, family)) {
      client.patience(patience);
      return client.connect(place);
    }
  }

  /// A connection from a host.
  TcpFlow flowFrom(NetworkNamespace host) {
    NativeSocket client = NativeSocket.stream(host, family);
    int refused = client.connect(place);
    if (refused != 0) {
      client.close();
      throw new AssertionError("connect: errno " + -refused);
    }
    return new TcpFlow(client, socket.accept());
  }

  @Override
  public void close() {
    socket.close();
  }
}
