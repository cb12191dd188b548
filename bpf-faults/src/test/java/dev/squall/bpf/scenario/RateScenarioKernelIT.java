// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.fault.Counters;
import dev.squall.fault.Injection;
import dev.squall.fault.Rate;
import dev.squall.target.Direction;
import dev.squall.unit.BitRate;
import dev.squall.unit.DurationText;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What comes through a line of a given rate, as the receiving socket sees it.
class RateScenarioKernelIT {
  private static final int PORT = 7040;
  private static final double TOLERANCE = 0.02;
  private static final int ETHERNET_AND_IP = 14 + 20;
  private static final int TCP_HEADER = 32;
  private static final int UDP_HEADER = 8;
  private static final int MSS = 1448;
  private static final Figures FIGURES = new Figures("Rate");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  private static Rate rate(String bits, String backlog) {
    return new Rate(BitRate.parse(bits), null, DurationText.parse(backlog));
  }

  private static Stream<Arguments> onEachMechanism(Arguments... cases) {
    return Mechanism.present()
        .flatMap(
            mechanism ->
                Stream.of(cases)
                    .map(each -> Arguments.of(mechanism, each.get()[0], each.get()[1])));
  }

  static Stream<Arguments> ratesForTcp() {
    return onEachMechanism(
        Arguments.of("100kbit", "1s"),
        Arguments.of("1mbit", "200ms"),
        Arguments.of("10mbit", "200ms"),
        Arguments.of("100mbit", "200ms"),
        Arguments.of("1gbit", "200ms"));
  }

  @ParameterizedTest
  @MethodSource("ratesForTcp")
  void tcpGetsItsShareOfEachFrame(String mechanism, String bits, String backlog) {
    Rate rate = rate(bits, backlog);
    try (Mechanism _ = Mechanism.of(mechanism);
        TcpFlow flow = TcpFlow.toPeer(network, Family.IPV4, PORT);
        Injection injection =
            Scenario.of(network, Scenario.peerPort(Direction.EGRESS, PORT), 1, rate).arm()) {
      double share = share(flow, rate, seconds(rate));
      add("TCP at %s, %s".formatted(bits, mechanism), share, counters(injection));
      assertThat(share).isBetween(1 - TOLERANCE, 1 + TOLERANCE);
    }
  }

  /// As packets are whole, so many that one more or less is no matter.
  private static int seconds(Rate rate) {
    return rate.rate().bitsPerSecond() < 1_000_000 ? 10 : 2;
  }

  /// @return what arrives, of what a line of the rate would let arrive
  private static double share(TcpFlow flow, Rate rate, int seconds) {
    long bytes = rate.rate().bitsPerSecond() / 8 * seconds;
    double goodput = bytes * 8e9 / flow.deliver(bytes).toNanos();
    return goodput / due(rate, MSS, TCP_HEADER);
  }

  private static double due(Rate rate, int payload, int header) {
    double bits = rate.rate().bitsPerSecond();
    return bits * payload / (ETHERNET_AND_IP + header + payload);
  }

  private static Counters counters(Injection injection) {
    return injection.report().getFirst().counters();
  }

  private static void add(String what, double share, Counters counters) {
    FIGURES.add(
        what,
        Figures.format(
            "%.4f of what is due; %,d packets in %,d segments, %,d dropped, %,d marked",
            share,
            counters.hit().packets(),
            counters.hit().segments(),
            counters.overflow(),
            counters.others().marked()),
        Figures.format("within %.2f", TOLERANCE));
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void slowLinesSendSegmentsOneByOneInBothDirections(Family family) {
    Rate rate = rate("10mbit", "200ms");
    try (TcpFlow out = TcpFlow.toPeer(network, family, PORT);
        TcpFlow in = TcpFlow.toTarget(network, family, PORT);
        Injection injection =
            Scenario.of(network, Scenario.everything(Direction.BOTH), 1, rate).arm()) {
      assertThat(share(out, rate, 2)).isBetween(0.95, 1.05);
      assertThat(share(in, rate, 2)).isBetween(0.95, 1.05);
      assertThat(injection.report())
          .extracting(report -> report.counters().hit())
          .allSatisfy(hit -> assertThat(hit.packets()).isEqualTo(hit.segments()).isPositive());
    }
  }

  static Stream<Arguments> ratesForUdp() {
    return onEachMechanism(
        Arguments.of("100kbit", 50),
        Arguments.of("1mbit", 400),
        Arguments.of("10mbit", 1400),
        Arguments.of("100mbit", 1400),
        Arguments.of("1gbit", 8000));
  }

  @ParameterizedTest
  @MethodSource("ratesForUdp")
  void udpGetsItsShareOfEachFrame(String mechanism, String bits, int payload) {
    Rate rate = rate(bits, "200ms");
    try (Mechanism _ = Mechanism.of(mechanism);
        Injection injection = Scenario.of(network, Scenario.udp(Direction.EGRESS), 1, rate).arm()) {
      double share = received(rate, payload) / due(rate, payload, UDP_HEADER);
      add(
          "UDP, %,d bytes at %s, %s".formatted(payload, bits, mechanism),
          share,
          counters(injection));
      assertThat(counters(injection).overflow()).as("more was sent than fits").isPositive();
      assertThat(share).isBetween(1 - TOLERANCE, 1 + TOLERANCE);
    }
  }

  /// Sends a quarter more than the line lets through.
  ///
  /// @return bits per second, from the first datagram to the last
  private double received(Rate rate, int payload) {
    network.setMtu(9000);
    InetSocketAddress place = new InetSocketAddress(network.peerAddress(Family.IPV4), PORT);
    AtomicBoolean over = new AtomicBoolean();
    try (NativeSocket receiver =
            NativeSocket.datagram(network.peer(), Family.IPV4).withRoom(1 << 26).bind(place);
        NativeSocket sender =
            NativeSocket.datagram(network.target(), Family.IPV4).withRoom(1 << 24)) {
      sender.connect(place);
      receiver.patience(Duration.ofMillis(500));
      Thread.ofPlatform().daemon().start(() -> send(sender, rate, payload, over));
      receiver.receive();
      long first = System.nanoTime();
      long last = first;
      long bytes = 0;
      long end = first + Duration.ofSeconds(2).toNanos();
      while (last < end) {
        bytes += receiver.receive();
        last = System.nanoTime();
      }
      over.set(true);
      return bytes * 8e9 / (last - first);
    }
  }

  private static void send(NativeSocket sender, Rate rate, int payload, AtomicBoolean over) {
    double frameNanos = payload * 8e9 / due(rate, payload, UDP_HEADER);
    double due = System.nanoTime();
    while (!over.get()) {
      while (due < System.nanoTime()) {
        sender.sendAnything(payload);
        due += frameNanos / 1.25;
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void senderThatKnowsEcnIsToldAndLosesLittle() {
    Rate rate = rate("10mbit", "100ms");
    askForEcn(network.target());
    askForEcn(network.peer());
    long before = TestNetwork.counter(network.peer(), "IpExt", "InCEPkts");
    try (TcpFlow flow = TcpFlow.toPeer(network, Family.IPV4, PORT);
        Injection injection =
            Scenario.of(network, Scenario.peerPort(Direction.EGRESS, PORT), 1, rate).arm()) {
      double share = share(flow, rate, 3);
      Counters counters = counters(injection);
      add("TCP with ECN at 10mbit, backlog 100ms", share, counters);
      assertThat(counters.others().marked()).isPositive();
      assertThat(TestNetwork.counter(network.peer(), "IpExt", "InCEPkts") - before)
          .as("marked packets that the peer received")
          .isEqualTo(counters.others().marked());
      assertThat(share).as("TCP slows down, and not more than it has to").isGreaterThan(0.9);
    }
  }

  private static void askForEcn(NetworkNamespace host) {
    host.call(() -> Files.writeString(Path.of("/proc/sys/net/ipv4/tcp_ecn"), "1"));
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void nothingWaitsLongerThanTheBacklogAndItsOwnTurn(String mechanism) {
    Rate rate = rate("1mbit", "100ms");
    try (Mechanism _ = Mechanism.of(mechanism);
        UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, 2000);
        Injection injection = Scenario.of(network, Scenario.udp(Direction.EGRESS), 1, rate).arm()) {
      stream.sender().pace(2000, 2000);
      stream.receiver().await(2000, Duration.ofMillis(500));
      long[] delays = stream.receiver().delays();
      Counters counters = counters(injection);
      FIGURES.add(
          "backlog of 100 ms, " + mechanism,
          Figures.format(
              "%,d of 2,000 arrived, the latest after %s",
              delays.length, Figures.millis(delays[delays.length - 1])),
          "100 ms and 20 ms");
      assertThat(delays).hasSize((int) counters.hit().packets());
      assertThat(counters.hit().packets() + counters.overflow()).isEqualTo(2000);
      assertThat(stream.receiver().overtaken()).isZero();
      assertThat(delays[delays.length - 1]).isBetween(95_000_000L, 120_000_000L);
    }
  }

  static Stream<String> mechanisms() {
    return Mechanism.present();
  }
}
