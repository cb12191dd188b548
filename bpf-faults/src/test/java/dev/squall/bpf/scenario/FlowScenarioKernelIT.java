// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.fault.Fault;
import dev.squall.fault.Injection;
import dev.squall.fault.Loss;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.target.Direction;
import dev.squall.target.FlowExtent;
import dev.squall.target.FlowFilter;
import dev.squall.target.NamePattern;
import dev.squall.target.Peers;
import dev.squall.target.Ports;
import dev.squall.target.Selection;
import dev.squall.target.TcpFlags;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.Percentage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Faults for a part of a flow, for attempts to connect, and for a server by its name in TLS.
class FlowScenarioKernelIT {
  private static final int PORT = 7060;
  private static final Reset RESET = new Reset(Percentage.ALL, ResetEnd.BOTH);
  private static final Loss LOSS = new Loss(Percentage.ALL);
  private static final Figures FIGURES = new Figures("Parts of flows");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  private Injection arm(Direction direction, FlowFilter flows, Fault fault) {
    TrafficFilter traffic =
        new TrafficFilter(direction, null, Ports.ANY, Peers.ANY, flows, Selection.PACKET);
    return Scenario.of(network, traffic, 1, fault).arm();
  }

  /// TCP sends its SYN again after 1 s, and then after another, or after 2 s before Linux 6.5
  /// (tcp_syn_linear_timeouts).
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 2, 3"})
  void attemptsToConnectComeThroughAfterSoMany(String lost, int least, int most) {
    FlowFilter flows =
        new FlowFilter(
            TcpFlags.parse(List.of("syn", "!ack")), List.of(), null, FlowExtent.parse(lost));
    try (TcpListener listener = TcpListener.atPeer(network, Family.IPV4, PORT);
        Injection _ = arm(Direction.EGRESS, flows, LOSS)) {
      long start = System.nanoTime();
      assertThat(listener.connectFrom(network.target(), Duration.ofSeconds(10))).isZero();
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      FIGURES.add(
          "connect, the first %s SYN lost".formatted(lost),
          Figures.format("%d ms", taken.toMillis()),
          "%d s to %d s".formatted(least, most));
      assertThat(taken.toMillis()).isBetween(least * 1000L - 100, most * 1000L + 500);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void connectionIsResetAfterSoManyBytes(Family family) {
    FlowFilter flows = new FlowFilter(null, List.of(), FlowExtent.parse("1MB"), null);
    try (TcpFlow old = TcpFlow.toPeer(network, family, PORT);
        Injection _ = arm(Direction.EGRESS, flows, RESET);
        TcpFlow flow = TcpFlow.toPeer(network, family, PORT + 1)) {
      Thread writer = Thread.ofPlatform().daemon().start(() -> flow.client().sendAll(10_000_000));
      long received = 0;
      long count = flow.server().receive();
      while (count > 0) {
        received += count;
        count = flow.server().receive();
      }
      Pause.untilEnd(writer);
      FIGURES.add(
          "reset after 1 MB, " + family,
          Figures.format("%,d bytes received, then %d", received, count),
          "1,000,000 to 1,065,536, then ECONNRESET");
      assertThat(count).isEqualTo(-NativeSocket.ECONNRESET);
      assertThat(received).isBetween(1_000_000L, 1_065_536L);

      assertThat(old.client().sendAnything(10)).isEqualTo(10);
      assertThat(old.server().receive())
          .as("where the beginning was not seen, nothing is known to be less")
          .isEqualTo(-NativeSocket.ECONNRESET);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, EGRESS", "false, EGRESS", "true, INGRESS", "false, INGRESS"})
  void onlyTheServerThatIsNamedIsReset(boolean targetAsks, Direction direction) {
    NetworkNamespace client = targetAsks ? network.target() : network.peer();
    NetworkNamespace host = targetAsks ? network.peer() : network.target();
    InetAddress address =
        targetAsks ? network.peerAddress(Family.IPV6) : network.targetAddress(Family.IPV6);
    FlowFilter flows =
        new FlowFilter(null, List.of(NamePattern.parse("*.bad.example")), null, null);
    try (TlsServer server = new TlsServer(host, new InetSocketAddress(address, PORT))) {
      assertThat(server.visit(client, "api.bad.example")).as("before").isEqualTo("ok");
      try (Injection injection = arm(direction, flows, RESET)) {
        assertThat(server.visit(client, "api.good.example")).isEqualTo("ok");
        assertThat(server.visit(client, "api.bad.example")).isNotEqualTo("ok");
        assertThat(server.visit(client, "bad.example")).isEqualTo("ok");
        assertThat(injection.report().getFirst().counters().hit().packets()).isPositive();
        assertThat(injection.report().getFirst().counters().others().nameless()).isZero();
      }
      assertThat(server.visit(client, "api.bad.example")).as("afterwards").isEqualTo("ok");
    }
  }

  @Test
  void flowsThatNameNoServerPassAndAreCounted() {
    FlowFilter flows = new FlowFilter(null, List.of(NamePattern.parse("*")), null, null);
    try (TcpFlow flow = TcpFlow.toPeer(network, Family.IPV4, PORT);
        Injection injection = arm(Direction.BOTH, flows, RESET)) {
      assertThat(flow.client().sendAnything(10)).isEqualTo(10);
      assertThat(flow.server().receive()).isEqualTo(10);
      assertThat(injection.report())
          .allSatisfy(report -> assertThat(report.counters().others().nameless()).isEqualTo(1));
    }
  }
}
