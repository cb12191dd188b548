// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Counters;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Injection;
import dev.squall.fault.Reorder;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Packets that arrive twice or in another order, as sockets see them.
class ManglingScenarioKernelIT {
  private static final int DATAGRAMS = 200_000;
  private static final int PORT = 7000;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Figures FIGURES = new Figures("Duplicates and order");

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
  @CsvSource({"EGRESS, IPV4", "INGRESS, IPV4", "EGRESS, IPV6", "INGRESS, IPV6"})
  void shareOfDatagramsArrivesTwice(Direction direction, Family family) {
    Duplicate fault = new Duplicate(Percentage.parse("10%"));
    long seed = Statistics.freshSeed(fault.describe() + " " + direction + " " + family, 1);
    try (UdpStream stream = UdpStream.of(network, direction, family, PORT, DATAGRAMS);
        Injection injection = Scenario.of(network, Scenario.udp(direction), seed, fault).arm()) {
      stream.sender().paceBursts(DATAGRAMS, 100_000, 50);
      stream.receiver().await(DATAGRAMS, QUIET);
      Counters counters = Scenario.report(injection, direction).counters();
      long twice = stream.receiver().twice();
      double score = Statistics.binomialScore(twice, DATAGRAMS, 0.1);
      FIGURES.add(
          Figures.format("%s, %s, %s", fault.describe(), direction, family),
          Figures.format("%,d of %,d datagrams twice; z %.2f", twice, DATAGRAMS, score),
          Figures.format("|z| ≤ %.2f", Statistics.Z));

      assertThat(stream.receiver().received()).as("none is lost").isEqualTo(DATAGRAMS);
      assertThat(counters.matched().packets()).isEqualTo(DATAGRAMS);
      assertThat(counters.hit().packets()).isEqualTo(twice);
      assertThat(score).isBetween(-Statistics.Z, Statistics.Z);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void tcpIsNotHarmedByDuplicates(Family family) {
    Duplicate fault = new Duplicate(Percentage.parse("10%"));
    try (TcpFlow flow = TcpFlow.toPeer(network, family, PORT);
        Injection injection =
            Scenario.of(network, Scenario.peerPort(Direction.BOTH, PORT), 1, fault).arm()) {
      long bytes = flow.transfer(Duration.ofSeconds(1));
      Counters counters = Scenario.report(injection, Direction.EGRESS).counters();
      TcpInfo sender = flow.client().tcpInfo();
      FIGURES.add(
          fault.describe() + ", TCP, " + family,
          Figures.format(
              "%.0f Mbit/s, %,d packets twice, %,d segments sent again",
              bytes * 8 / 1e6, counters.hit().packets(), sender.retransmitted()),
          "all bytes arrive");

      assertThat(counters.hit().packets()).isPositive();
      assertThat(bytes).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"EGRESS, 1", "INGRESS, 1", "EGRESS, 5"})
  void shareOfDatagramsIsOvertakenAndNoneIsLost(Direction direction, int gap) {
    int count = 8000;
    Reorder fault = new Reorder(Percentage.parse("25%"), gap);
    long seed = Statistics.freshSeed(fault.describe() + " " + direction, 1);
    try (UdpStream stream = UdpStream.of(network, direction, Family.IPV4, PORT, count);
        Injection injection = Scenario.of(network, Scenario.udp(direction), seed, fault).arm()) {
      stream.sender().paceBursts(count, 2000, 4);
      stream.receiver().await(count, QUIET);
      Counters counters = Scenario.report(injection, direction).counters();
      long overtaken = stream.receiver().overtaken();
      // A gap of g and a chance of p make a cycle of g - 1 + 1 / p packets on average.
      double share = 1 / (gap - 1 + 4.0);
      double deviation = Math.sqrt(count * share * 0.75 * 16 * share * share);
      double score = (overtaken - count * share) / deviation;
      FIGURES.add(
          Figures.format("%s, %s", fault.describe(), direction),
          Figures.format("%,d of %,d datagrams overtaken; z %.2f", overtaken, count, score),
          Figures.format("|z| ≤ %.2f", Statistics.Z));

      assertThat(stream.receiver().received()).as("none is lost").isEqualTo(count);
      assertThat(overtaken).isBetween(counters.hit().packets() - 25, counters.hit().packets());
      assertThat(score).isBetween(-Statistics.Z, Statistics.Z);
    }
  }
}
