// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Many TCP connections from the target to one port of the peer, who goes on listening.
final class TcpFlows implements AutoCloseable {
  private static final byte[] MESSAGE = new byte[4];
  private static final int FEW = 3;

  private final TestNetwork network;
  private final TcpListener listener;
  private final List<TcpFlow> flows = new ArrayList<>();

  TcpFlows(TestNetwork network, Family family, int port, int count) {
    this.network = network;
    listener = TcpListener.atPeer(network, family, port);
    for (int i = 0; i < count; i++) {
      flows.add(listener.flowFrom(network.target()));
    }
  }

  List<TcpFlow> all() {
    return flows;
  }

  /// One message from an end of each to the other.
  ///
  /// @param from which end sends
  void send(Function<TcpFlow, NativeSocket> from) {
    flows.forEach(flow -> from.apply(flow).send(MESSAGE));
  }

  /// A message and its answer on each.
  ///
  /// @return how many flows carried both
  long converse() {
    return flows.stream().filter(TcpFlows::converses).count();
  }

  private static boolean converses(TcpFlow flow) {
    return flow.client().send(MESSAGE) == MESSAGE.length
        && flow.server().receive() == MESSAGE.length
        && flow.server().send(MESSAGE) == MESSAGE.length
        && flow.client().receive() == MESSAGE.length;
  }

  /// How many flows ended with that at one of their ends: 0 at the end of the stream, or minus
  /// errno. After a few that did not it counts no further: each costs two seconds of waiting.
  long ended(Function<TcpFlow, NativeSocket> at, int how) {
    long ended = 0;
    int others = 0;
    for (TcpFlow flow : flows) {
      if (at.apply(flow).receiveToEnd() == how) {
        ended++;
      } else if (++others == FEW) {
        break;
      }
    }
    return ended;
  }

  /// What one more client is told: 0 or minus errno.
  int connectAgain() {
    return listener.connectFrom(network.target(), Duration.ofSeconds(2));
  }

  @Override
  public void close() {
    flows.forEach(TcpFlow::close);
    listener.close();
  }
}
