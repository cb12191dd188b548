// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Counters;
import dev.squall.fault.HitPacket;
import dev.squall.fault.Injection;
import dev.squall.fault.Loss;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Loss as sockets see it: a million datagrams each way, and what TCP makes of it.
class LossScenarioKernelIT {
  private static final int DATAGRAMS = 1_000_000;
  private static final int PORT = 7000;
  private static final long FIXED_SEED = 42;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Figures FIGURES = new Figures("Loss");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  @ParameterizedTest
  @CsvSource({"1, IPV4", "1, IPV6", "5, IPV4", "5, IPV6", "30, IPV4", "30, IPV6"})
  void losesTheGivenShareOfAMillionDatagramsEachWayAndEachOnItsOwn(int percent, Family family) {
    Loss loss = new Loss(Percentage.parse(percent + "%"));
    long seed = Statistics.freshSeed(loss.describe() + " over " + family, 4);
    try (UdpStream out = UdpStream.toPeer(network, family, PORT, DATAGRAMS);
        UdpStream in = UdpStream.toTarget(network, family, PORT, DATAGRAMS);
        Injection injection =
            Scenario.of(network, Scenario.udp(Direction.BOTH), seed, loss).arm()) {
      long begin = System.nanoTime();
      Together.run(() -> blast(out), () -> blast(in));
      double rate = 2.0 * DATAGRAMS * 1e9 / (System.nanoTime() - begin);
      judge(out, injection, Direction.EGRESS, percent / 100.0);
      judge(in, injection, Direction.INGRESS, percent / 100.0);
      System.out.printf("%,.0f datagrams a second%n", rate);
    }
    assertThat(TestNetwork.lostAtSockets(network.target())).isZero();
    assertThat(TestNetwork.lostAtSockets(network.peer())).isZero();
  }

  private static void blast(UdpStream stream) {
    stream.sender().blast(DATAGRAMS);
    stream.receiver().await(DATAGRAMS, QUIET);
  }

  private static void judge(
      UdpStream stream, Injection injection, Direction direction, double probability) {
    Counters counters = Scenario.report(injection, direction).counters();
    boolean[] lost = stream.receiver().lost(DATAGRAMS);
    long missing = DATAGRAMS - stream.receiver().received();
    double score = Statistics.binomialScore(missing, DATAGRAMS, probability);
    double runs = Statistics.runsScore(lost);
    FIGURES.add(
        Figures.format("loss %.0f %%, %s, %s", probability * 100, direction, stream.family()),
        Figures.format(
            "%,d of %,d datagrams; z %.2f, runs z %.2f", missing, DATAGRAMS, score, runs),
        Figures.format("|z| ≤ %.2f", Statistics.Z));

    assertThat(counters.matched().packets()).isEqualTo(DATAGRAMS);
    assertThat(counters.hit().packets()).isEqualTo(missing);
    assertThat(stream.receiver().twice()).isZero();
    assertThat(score).as("share of lost datagrams").isBetween(-Statistics.Z, Statistics.Z);
    assertThat(runs).as("runs of losses").isBetween(-Statistics.Z, Statistics.Z);
  }

  @Test
  void losesTheSameDatagramsAgainForTheSameSeed() {
    boolean[] first = lostWith(FIXED_SEED);
    boolean[] second = lostWith(FIXED_SEED);

    assertThat(second).isEqualTo(first);
    assertThat(Arrays.hashCode(first)).as("what this seed has always lost").isEqualTo(531156813);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void theSampleTellsWhichDatagramsWereLost(Family family) {
    Loss all = new Loss(Percentage.parse("100%"));
    try (UdpStream out = UdpStream.toPeer(network, family, PORT, 1000);
        Injection injection =
            Scenario.of(network, Scenario.udp(Direction.EGRESS), FIXED_SEED, all).arm()) {
      out.sender().blast(1000);

      assertThat(recorded(injection))
          .isNotEmpty()
          .allSatisfy(
              hit -> {
                assertThat(hit.fault()).isEqualTo(all);
                assertThat(hit.direction()).isEqualTo(Direction.EGRESS);
                assertThat(hit.where().describe())
                    .isEqualTo("netns %s (eth0)", network.targetName());
                assertThat(hit.where().hasEthernetHeader()).isTrue();
                assertThat(hit.frame().source().address()).isEqualTo(network.targetAddress(family));
                assertThat(hit.frame().destination())
                    .isEqualTo(new HitPacket.End(network.peerAddress(family), PORT));
                assertThat(hit.frame().protocol()).isEqualTo(17);
                assertThat(hit.frame().tcpFlags()).isEmpty();
              });
      assertThat(recorded(injection)).as("since the last call").isEmpty();
    }
  }

  private static List<HitPacket> recorded(Injection injection) {
    List<HitPacket> hits = new ArrayList<>();
    assertThat(injection.drainHits(hits::add)).isZero();
    return hits;
  }

  private boolean[] lostWith(long seed) {
    int count = 100_000;
    Loss loss = new Loss(Percentage.parse("5%"));
    try (UdpStream out = UdpStream.toPeer(network, Family.IPV4, PORT, count);
        Injection injection =
            Scenario.of(network, Scenario.udp(Direction.EGRESS), seed, loss).arm()) {
      out.sender().blast(count);
      out.receiver().await(count, QUIET);
      assertThat(Scenario.report(injection, Direction.EGRESS).counters().matched().packets())
          .isEqualTo(count);
      return out.receiver().lost(count);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void tcpSendsAgainWhatWasLostOnItsWayOut(Family family) {
    Loss loss = new Loss(Percentage.parse("5%"));
    long seed = Statistics.freshSeed("TCP under " + loss.describe() + " over " + family, 1);
    try (TcpFlow flow = TcpFlow.toPeer(network, family, PORT);
        Injection injection =
            Scenario.of(network, Scenario.peerPort(Direction.EGRESS, PORT), seed, loss).arm()) {
      long bytes = flow.transfer(Duration.ofSeconds(3));
      Counters counters = Scenario.report(injection, Direction.EGRESS).counters();
      judgeTcp(flow, family, counters, bytes);
    }
  }

  private static void judgeTcp(TcpFlow flow, Family family, Counters counters, long bytes) {
    TcpInfo sender = flow.client().tcpInfo();
    long lost = (long) sender.dataSegmentsOut() - flow.server().tcpInfo().dataSegmentsIn();
    double ratio = (double) sender.retransmitted() / lost;
    double score =
        Statistics.binomialScore(counters.hit().packets(), counters.matched().packets(), 0.05);
    FIGURES.add(
        "TCP retransmitted ÷ lost on the wire, loss 5 %, egress, " + family,
        Figures.format("%,d ÷ %,d = %.2f", sender.retransmitted(), lost, ratio),
        "0.9 to 1.5");
    FIGURES.add(
        "TCP packets hit, loss 5 %, egress, " + family,
        Figures.format(
            "%,d of %,d packets, %,d of %,d segments; z %.2f; %.0f Mbit/s",
            counters.hit().packets(),
            counters.matched().packets(),
            counters.hit().segments(),
            counters.matched().segments(),
            score,
            bytes * 8 / 3e6),
        Figures.format("|z| ≤ %.2f", Statistics.Z));

    assertThat(lost).as("the counters tell what was lost").isEqualTo(counters.hit().segments());
    assertThat(ratio).isBetween(0.9, 1.5);
    assertThat(score).isBetween(-Statistics.Z, Statistics.Z);
  }
}
