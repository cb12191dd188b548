// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/// One TCP connection, both ends of it.
///
/// @param client the end that connected
record TcpFlow(NativeSocket client, NativeSocket server) implements AutoCloseable {
  private static final int CHUNK = 1 << 17;

  /// The client at the target, the server at the peer.
  static TcpFlow toPeer(TestNetwork network, Family family, int port) {
    try (TcpListener listener = TcpListener.atPeer(network, family, port)) {
      return listener.flowFrom(network.target());
    }
  }

  /// The client at the peer, the server at the target.
  static TcpFlow toTarget(TestNetwork network, Family family, int port) {
    try (TcpListener listener = TcpListener.atTarget(network, family, port)) {
      return listener.flowFrom(network.peer());
    }
  }

  /// Sends from the client as much as goes, then waits until all has been acknowledged.
  ///
  /// @return bytes that arrived by the end of that time
  long transfer(Duration duration) {
    AtomicLong received = new AtomicLong();
    Thread reader = Thread.ofPlatform().daemon().start(() -> drain(received));
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      long sent = client.sendAnything(CHUNK);
      if (sent < 0) {
        throw new AssertionError("send: errno " + -sent);
      }
    }
    long arrived = received.get();
    Awaitility.await().until(() -> client.tcpInfo().unacked() == 0 && reader.isAlive());
    return arrived;
  }

  /// Sends so much from the client and waits until it has arrived.
  ///
  /// @return how long that took
  Duration deliver(long bytes) {
    long start = System.nanoTime();
    Thread writer = Thread.ofPlatform().daemon().start(() -> client.sendAll(bytes));
    long received = 0;
    while (received < bytes) {
      received += server.receive();
    }
    long end = System.nanoTime();
    Pause.untilEnd(writer);
    return Duration.ofNanos(end - start);
  }

  private void drain(AtomicLong received) {
    long count = server.receive();
    while (count > 0) {
      received.addAndGet(count);
      count = server.receive();
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
