// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Counters;
import dev.squall.fault.Injection;
import dev.squall.fault.Loss;
import dev.squall.target.Direction;
import dev.squall.target.Selection;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.Percentage;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Decisions on what the wire sees, although segmentation offload is on.
class SegmentScenarioKernelIT {
  private static final int PORT = 7000;
  private static final int DATAGRAMS = 300_000;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Figures FIGURES = new Figures("Segments");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  private static TrafficFilter perSegment(TrafficFilter traffic) {
    return new TrafficFilter(
        traffic.direction(),
        traffic.protocol(),
        traffic.ports(),
        traffic.peers(),
        traffic.flows(),
        Selection.SEGMENT);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void lossOfOnePercentIsOnePercentOfSegments(Family family) {
    Loss loss = new Loss(Percentage.parse("1%"));
    long seed = Statistics.freshSeed("segments of TCP over " + family, 1);
    TrafficFilter traffic = perSegment(Scenario.peerPort(Direction.EGRESS, PORT));
    try (TcpFlow flow = TcpFlow.toPeer(network, family, PORT);
        Injection injection = Scenario.of(network, traffic, seed, loss).arm()) {
      long bytes = flow.transfer(Duration.ofSeconds(2));
      Counters counters = Scenario.report(injection, Direction.EGRESS).counters();
      TcpInfo sender = flow.client().tcpInfo();
      long lost = (long) sender.dataSegmentsOut() - flow.server().tcpInfo().dataSegmentsIn();
      double score =
          Statistics.binomialScore(counters.hit().packets(), counters.matched().packets(), 0.01);
      FIGURES.add(
          "TCP, loss 1 % per segment, egress, " + family,
          Figures.format(
              "%,d of %,d segments hit, z %.2f; %,d sent again; %.0f Mbit/s",
              counters.hit().packets(),
              counters.matched().packets(),
              score,
              sender.retransmitted(),
              bytes * 8 / 2e6),
          Figures.format("|z| ≤ %.2f", Statistics.Z));

      assertThat(counters.matched().packets()).isEqualTo(counters.matched().segments());
      assertThat(lost).isEqualTo(counters.hit().packets());
      assertThat(sender.retransmitted()).isGreaterThan((int) (0.9 * lost));
      assertThat(score).isBetween(-Statistics.Z, Statistics.Z);
    }
  }

  /// Nothing but the fault loses packets: the way to the device and back is not a bottleneck.
  @ParameterizedTest
  @CsvSource({"EGRESS, IPV4", "INGRESS, IPV4", "EGRESS, IPV6", "INGRESS, IPV6"})
  void whatIsSplitComesThroughInOrder(Direction direction, Family family) {
    Loss hardly = new Loss(Percentage.parse("0.000000001%"));
    try (UdpStream stream = UdpStream.of(network, direction, family, PORT, DATAGRAMS);
        Injection injection =
            Scenario.of(network, perSegment(Scenario.udp(direction)), 1, hardly).arm()) {
      stream.sender().blast(DATAGRAMS);
      stream.receiver().await(DATAGRAMS, QUIET);
      assertThat(Scenario.report(injection, direction).counters().matched().packets())
          .isEqualTo(DATAGRAMS);
      assertThat(stream.receiver().received()).isEqualTo(DATAGRAMS);
      assertThat(stream.receiver().overtaken()).isZero();
    }
  }
}
