// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static dev.squall.bpf.scenario.NativeSocket.ECONNREFUSED;
import static dev.squall.bpf.scenario.NativeSocket.ECONNRESET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.KernelSupport;
import dev.squall.bpf.linux.Privilege;
import dev.squall.fault.Counters;
import dev.squall.fault.Delay;
import dev.squall.fault.Fault;
import dev.squall.fault.HostCheck;
import dev.squall.fault.HostCheck.Outcome;
import dev.squall.fault.Injection;
import dev.squall.fault.Jitter;
import dev.squall.fault.Loss;
import dev.squall.fault.NamedDistribution;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Rate;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.fault.RuleReport;
import dev.squall.target.Direction;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.BitRate;
import dev.squall.unit.Percentage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What differs between kernels, in short: `./check --kernels` runs this on each of them, where
/// everything is ten times slower.
class EveryKernelKernelIT {
  private static final int PORT = 7003;
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Delay FIFTY = new Delay(Duration.ofMillis(50), null, false);
  private static final Figures FIGURES = new Figures("Linux " + System.getProperty("os.version"));

  private TestNetwork network;

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

  @BeforeEach
  void makeNetwork() {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  @Test
  void thisKernelCanDoEverything() {
    List<HostCheck> checks = new KernelSupport().checks();
    checks.forEach(check -> FIGURES.add(check.name(), check.meaning(), "" + check.outcome()));

    assertThat(checks)
        .extracting(HostCheck::outcome)
        .doesNotContain(Outcome.MISSING, Outcome.UNKNOWN);
  }

  @Test
  void tcpSendsAgainWhatWasLostOnItsWayOut() {
    try (TcpFlow flow = TcpFlow.toPeer(network, Family.IPV4, PORT);
        Injection injection = arm(Direction.EGRESS, new Loss(Percentage.parse("5%")))) {
      flow.transfer(Duration.ofSeconds(2));
      TcpInfo sender = flow.client().tcpInfo();
      int lost = sender.dataSegmentsOut() - flow.server().tcpInfo().dataSegmentsIn();
      FIGURES.add(
          "TCP retransmitted ÷ lost, loss 5 %",
          Figures.format("%,d ÷ %,d", sender.retransmitted(), lost), "0.9 to 1.5");

      assertThat(lost).isEqualTo(counters(injection, Direction.EGRESS).hit().segments());
      assertThat((double) sender.retransmitted() / lost).isBetween(0.9, 1.5);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void lossOnTheWayOutIsNoErrorForASenderOfDatagrams(Family family) {
    int count = 200;
    try (NativeSocket sender = NativeSocket.datagram(network.target(), family);
        Injection injection = arm(Direction.EGRESS, new Loss(Percentage.parse("100%")))) {
      reportErrors(sender, family);
      sender.connect(new InetSocketAddress(network.peerAddress(family), PORT));
      for (int i = 0; i < count; i++) {
        assertThat(sender.send(new byte[100])).isEqualTo(100);
      }
      assertThat(counters(injection, Direction.EGRESS).hit().packets()).isEqualTo(count);
    }
  }

  /// IP_RECVERR and IPV6_RECVERR: without it the kernel keeps its ENOBUFS to itself.
  private static void reportErrors(NativeSocket socket, Family family) {
    switch (family) {
      case IPV4 -> socket.option(0, 11, 1);
      case IPV6 -> socket.option(41, 25, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"EGRESS", "INGRESS"})
  void delayIsKept(Direction direction) {
    int count = 200;
    try (UdpStream stream = stream(direction, count);
        Injection injection = arm(direction, FIFTY)) {
      long[] lateness = stream.sender().pace(count, 200);
      stream.receiver().await(count, QUIET);
      Arrays.sort(lateness);
      long timer = Statistics.quantile(lateness, 0.5);
      RuleReport report = Scenario.report(injection, direction);
      long away = report.delays().quantile(0.5).toNanos();
      FIGURES.add(
          "delay 50 ms, " + direction + ", " + injection.notes(),
          Figures.format(
              "median %s, at the receiver %s; a timer is %s late",
              Figures.millis(away),
              Figures.millis(Statistics.quantile(stream.receiver().delays(), 0.5)),
              Figures.millis(timer)),
          "0.3 ms or twice a timer's lateness");

      assertThat(stream.receiver().received()).isEqualTo(count);
      assertThat(report.counters().overflow()).isZero();
      assertThat(report.counters().hit().packets()).isEqualTo(count);
      assertThat(away - FIFTY.latency().toNanos()).isBetween(0L, Math.max(300_000L, 2 * timer));
    }
  }

  /// 500 of the datagrams' frames a second.
  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"EGRESS", "INGRESS"})
  void aRateIsKept(Direction direction) {
    int count = 300;
    Rate rate = new Rate(BitRate.parse("424kbit"), null, Duration.ofSeconds(1));
    try (UdpStream stream = stream(direction, count);
        Injection injection = arm(direction, rate)) {
      stream.sender().blast(count);
      stream.receiver().await(count, QUIET);
      UdpReceiver receiver = stream.receiver();
      assertThat(receiver.received()).isEqualTo(count);
      double taken = (arrival(receiver, count - 1) - arrival(receiver, 0)) / 1e9;
      FIGURES.add(
          "rate 424kbit, " + direction + ", " + injection.notes(),
          Figures.format("%.1f datagrams a second", (count - 1) / taken),
          "500, 5 %");
      assertThat((count - 1) / taken).isBetween(475.0, 525.0);
    }
  }

  private static long arrival(UdpReceiver receiver, int number) {
    return receiver.sentAt(number) + receiver.delay(number);
  }

  @Test
  void orderIsKeptUnderJitterWhenAskedFor() {
    int count = 300;
    Jitter jitter = new Jitter(Duration.ofMillis(10), NamedDistribution.UNIFORM);
    Delay delay = new Delay(Duration.ofMillis(20), jitter, true);
    try (UdpStream stream = stream(Direction.EGRESS, count);
        Injection _ = arm(Direction.EGRESS, delay)) {
      stream.sender().pace(count, 500);
      stream.receiver().await(count, QUIET);

      assertThat(stream.receiver().received()).isEqualTo(count);
      assertThat(stream.receiver().overtaken()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void flowsAreResetAtBothEnds(Family family) {
    int count = 50;
    try (TcpFlows flows = new TcpFlows(network, family, PORT, count)) {
      Reset reset = new Reset(Percentage.parse("100%"), ResetEnd.BOTH);
      try (Injection _ = arm(Direction.BOTH, reset)) {
        flows.send(TcpFlow::client);

        assertThat(flows.ended(TcpFlow::client, -ECONNRESET)).isEqualTo(count);
        assertThat(flows.ended(TcpFlow::server, -ECONNRESET)).isEqualTo(count);
        assertThat(flows.connectAgain()).isEqualTo(-ECONNREFUSED);
      }
      assertThat(flows.connectAgain()).as("afterwards").isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void aRejectingPartitionSaysSo(Family family) {
    InetSocketAddress peer = new InetSocketAddress(network.peerAddress(family), PORT);
    try (TcpListener listener = TcpListener.atPeer(network, family, PORT);
        NativeSocket datagrams = NativeSocket.datagram(network.target(), family)) {
      try (Injection _ = arm(Direction.BOTH, new Partition(PartitionMode.REJECT))) {
        assertThat(listener.connectFrom(network.target(), QUIET)).isEqualTo(-ECONNREFUSED);
        datagrams.connect(peer);
        datagrams.send(new byte[100]);
        assertThat(datagrams.receive()).as("for UDP").isEqualTo(-ECONNREFUSED);
      }
      assertThat(listener.connectFrom(network.target(), QUIET)).as("afterwards").isZero();
    }
  }

  @Test
  void othersOnTheHookSeeEveryPacketOnceAndStay() {
    int count = 200;
    try (ClsactCounter foreign = new ClsactCounter(network);
        UdpStream stream = UdpStream.toPeer(network, Family.IPV4, ClsactCounter.PORT, 2 * count)) {
      String before = filters();
      try (Injection injection =
          Scenario.of(network, Scenario.udp(Direction.EGRESS), 42, FIFTY).arm()) {
        stream.sender().pace(count, 500);
        stream.receiver().await(count, QUIET);
        assertThat(stream.receiver().received()).isEqualTo(count);
        assertThat(counters(injection, Direction.EGRESS).hit().packets()).isEqualTo(count);
      }
      assertThat(foreign.count()).isEqualTo(count);
      assertThat(filters()).isEqualTo(before);

      stream.sender().pace(count, 500);
      stream.receiver().await(2L * count, QUIET);
      assertThat(foreign.count()).as("afterwards").isEqualTo(2L * count);
    }
  }

  private String filters() {
    return Tool.run("tc", "-n", network.targetName(), "filter", "show", "dev", "eth0", "egress");
  }

  private Injection arm(Direction direction, Fault fault) {
    TrafficFilter traffic =
        switch (direction) {
          case EGRESS, BOTH -> Scenario.peerPort(direction, PORT);
          case INGRESS -> Scenario.targetPort(direction, PORT);
        };
    return Scenario.of(network, traffic, 42, fault).arm();
  }

  private UdpStream stream(Direction direction, int count) {
    return switch (direction) {
      case EGRESS, BOTH -> UdpStream.toPeer(network, Family.IPV4, PORT, count);
      case INGRESS -> UdpStream.toTarget(network, Family.IPV4, PORT, count);
    };
  }

  private static Counters counters(Injection injection, Direction direction) {
    return Scenario.report(injection, direction).counters();
  }
}
