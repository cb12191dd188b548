// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.linux.Errno;
import dev.squall.fault.Counters;
import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Injection;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.PeriodicLoss;
import dev.squall.target.Direction;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Losses that do not fall independently, as sockets see them.
class BurstLossScenarioKernelIT {
  /// With p = 5 % and r = 50 % the mean's standard deviation is 0.5 % of it, and that of the burst
  /// length less: a Z of four is 2 %.
  private static final int DATAGRAMS = 1_100_000;

  private static final double P = 0.05;
  private static final double R = 0.5;
  private static final int PORT = 7000;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Figures FIGURES = new Figures("Loss in bursts");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  private boolean[] lost(Fault fault, Direction direction, long seed, int count) {
    try (UdpStream stream = UdpStream.of(network, direction, Family.IPV4, PORT, count);
        Injection injection = Scenario.of(network, Scenario.udp(direction), seed, fault).arm()) {
      stream.sender().blast(count);
      stream.receiver().await(count, QUIET);
      Counters counters = Scenario.report(injection, direction).counters();
      assertThat(counters.matched().packets()).isEqualTo(count);
      assertThat(counters.hit().packets()).isEqualTo(count - stream.receiver().received());
      return stream.receiver().lost(count);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"EGRESS", "INGRESS"})
  void gilbertElliottLosesItsShareInBurstsOfItsLength(Direction direction) {
    GilbertElliottLoss loss = GilbertElliottLoss.parse("5%,50%");
    long seed = Statistics.freshSeed(loss.describe() + " " + direction, 2);
    boolean[] lost = lost(loss, direction, seed, DATAGRAMS);

    double share = P / (P + R);
    double lambda = 1 - P - R;
    double deviation = Math.sqrt(share * (1 - share) * (1 + lambda) / ((1 - lambda) * DATAGRAMS));
    long missing = IntStream.range(0, DATAGRAMS).filter(i -> lost[i]).count();
    double score = ((double) missing / DATAGRAMS - share) / deviation;
    long bursts = IntStream.range(1, DATAGRAMS).filter(i -> lost[i] && !lost[i - 1]).count();
    double length = (double) missing / bursts;
    double burstScore = (length - 1 / R) / (Math.sqrt(1 - R) / R / Math.sqrt((double) bursts));
    FIGURES.add(
        loss.describe() + ", " + direction,
        Figures.format(
            "lost %.3f %% of %.3f %% (z %.2f); bursts of %.3f, of %.3f (z %.2f)",
            100.0 * missing / DATAGRAMS, 100 * share, score, length, 1 / R, burstScore),
        Figures.format("|z| ≤ %.2f", Statistics.Z));

    assertThat(score).as("share of lost datagrams").isBetween(-Statistics.Z, Statistics.Z);
    assertThat(burstScore).as("length of bursts").isBetween(-Statistics.Z, Statistics.Z);
  }

  /// The share that the chain of four states has in the long run, by stepping its distribution.
  private static double stationaryLoss() {
    double[][] next = {{0.975, 0, 0.02, 0.005}, {0, 0.4, 0.6, 0}, {0.4, 0.2, 0.4, 0}, {1, 0, 0, 0}};
    double[] now = {1, 0, 0, 0};
    for (int step = 0; step < 1000; step++) {
      double[] then = new double[4];
      for (int from = 0; from < 4; from++) {
        for (int to = 0; to < 4; to++) {
          then[to] += now[from] * next[from][to];
        }
      }
      now = then;
    }
    return now[2] + now[3];
  }

  @Test
  void fourStatesLoseTheirShare() {
    FourStateLoss loss = FourStateLoss.parse("2%,40%,20%,60%,0.5%");
    long seed = Statistics.freshSeed(loss.describe(), 1);
    boolean[] lost = lost(loss, Direction.EGRESS, seed, DATAGRAMS);

    double share = stationaryLoss();
    double score = Statistics.batchScore(lost, share);
    long missing = IntStream.range(0, DATAGRAMS).filter(i -> lost[i]).count();
    FIGURES.add(
        loss.describe(),
        Figures.format(
            "lost %.3f %% of %.3f %% (z %.2f)", 100.0 * missing / DATAGRAMS, 100 * share, score),
        Figures.format("|z| ≤ %.2f", Statistics.Z));

    assertThat(score).isBetween(-Statistics.Z, Statistics.Z);
  }

  @Test
  void everyHundredthDatagramIsLostAndNoOther() {
    boolean[] lost = lost(new PeriodicLoss(100), Direction.EGRESS, 1, 100_000);

    assertThat(IntStream.range(0, lost.length).filter(i -> lost[i]))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 1000).map(n -> 100 * n - 1).boxed().toList());
  }

  /// With path MTU discovery as it is by default, nothing arrives: no ICMP tells the sender. With
  /// the kernel's probing for such holes (RFC 4821, tcp_mtu_probing 1), it finds the way through.
  @ParameterizedTest
  @EnumSource(Family.class)
  void blackholeStopsATransferUntilItsSenderProbes(Family family) {
    try (TcpFlow flow = TcpFlow.toPeer(network, family, PORT);
        Injection injection =
            Scenario.of(
                    network, Scenario.peerPort(Direction.EGRESS, PORT), 1, new MtuBlackhole(1400))
                .arm()) {
      flow.client().send(new byte[100]);
      assertThat(flow.server().receive()).as("a small packet passes").isEqualTo(100);

      flow.client().send(new byte[100_000]);
      flow.server().patience(Duration.ofMillis(600));
      assertThat(flow.server().receive())
          .as("EAGAIN: nothing came in time")
          .isEqualTo(-Errno.EAGAIN);
      assertThat(Scenario.report(injection, Direction.EGRESS).counters().hit().packets())
          .isPositive();

      Tool.run(
          "ip",
          "netns",
          "exec",
          network.targetName(),
          "sysctl",
          "-qw",
          "net.ipv4.tcp_mtu_probing=1");
      flow.server().patience(Duration.ofSeconds(30));
      assertThat(flow.server().receive()).as("after probing").isPositive();
    }
  }
}
