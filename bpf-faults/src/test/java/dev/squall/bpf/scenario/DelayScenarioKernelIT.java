// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Counters;
import dev.squall.fault.Delay;
import dev.squall.fault.Injection;
import dev.squall.target.Direction;
import dev.squall.target.TrafficFilter;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Delays by one clock: the sender writes the time into the datagram, the kernel stamps it when it
/// arrives.
class DelayScenarioKernelIT {
  private static final int PORT = 7005;
  private static final int DATAGRAMS = 3000;
  private static final int PER_SECOND = 1000;
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final double GIGABITS = 0.8;
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final Figures FIGURES = new Figures("Delay");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  private static Delay constant(Duration latency) {
    return new Delay(latency, null, false);
  }

  private UdpStream stream(Family family, Direction direction, int most) {
    return direction == Direction.EGRESS
        ? UdpStream.toPeer(network, family, PORT, most)
        : UdpStream.toTarget(network, family, PORT, most);
  }

  static Stream<Arguments> mechanismsWaysAndFamilies() {
    return Stream.of(Family.values())
        .flatMap(
            family ->
                mechanismsAndWays()
                    .map(place -> Arguments.of(place.get()[0], place.get()[1], family)));
  }

  @ParameterizedTest
  @MethodSource("mechanismsWaysAndFamilies")
  void delaysByFiftyMillisecondsToATenth(String mechanism, Direction direction, Family family) {
    try (Mechanism _ = Mechanism.of(mechanism);
        UdpStream stream = stream(family, direction, DATAGRAMS);
        Injection injection =
            Scenario.of(network, Scenario.udp(direction), 1, constant(LATENCY)).arm()) {
      long[] lateness = stream.sender().pace(DATAGRAMS, PER_SECOND);
      stream.receiver().await(DATAGRAMS, QUIET);
      long[] errors =
          Arrays.stream(stream.receiver().delays()).map(d -> d - LATENCY.toNanos()).toArray();
      Arrays.sort(lateness);
      judge(mechanism, direction + ", " + family, errors, lateness);
      Counters counters = Scenario.report(injection, direction).counters();
      assertThat(counters.hit().packets()).isEqualTo(DATAGRAMS);
      assertThat(stream.receiver().twice()).isZero();
    }
  }

  /// The upper end is promised of what waits in the kernel; the loop behind a TAP is as late as any
  /// process.
  private static void judge(String mechanism, String place, long[] errors, long[] lateness) {
    long timer = Statistics.quantile(lateness, 0.99);
    long limit = Math.max(250_000, 2 * timer);
    long median = Statistics.quantile(errors, 0.5);
    long high = Statistics.quantile(errors, 0.99);
    FIGURES.add(
        mechanism + ", 50 ms, " + place,
        Figures.format(
            "p50 %+d µs, p99 %+d µs, max %+d µs; a sleeping timer: p99 %d µs",
            median / 1000, high / 1000, errors[errors.length - 1] / 1000, timer / 1000),
        Figures.format("p50 ≤ 100 µs, p99 ≤ %d µs", limit / 1000));

    assertThat(errors).as("no datagram is lost").hasSize(DATAGRAMS);
    assertThat(errors[0]).as("none is early").isGreaterThan(-10_000);
    assertThat(median).as("median error").isBetween(-100_000L, 100_000L);
    if (!mechanism.equals("tap")) {
      assertThat(high).as("99th percentile of the error").isLessThanOrEqualTo(limit);
    }
  }

  static Stream<Arguments> mechanismsAndWays() {
    return Mechanism.present()
        .flatMap(
            mechanism ->
                Stream.of(Direction.EGRESS, Direction.INGRESS)
                    .map(direction -> Arguments.of(mechanism, direction)));
  }

  /// The best of three tries, since others only ever slow a flow down; on a machine that is too
  /// busy for the figure, a quarter of what the same flow carries without the delay.
  @ParameterizedTest
  @MethodSource("mechanismsAndWays")
  void aTcpFlowCarriesMoreThanPointEightGigabitsUnderTenMilliseconds(
      String mechanism, Direction direction) {
    double rate = 0;
    double due = GIGABITS;
    for (int attempt = 0; attempt < 3 && rate < due; attempt++) {
      rate = Math.max(rate, gigabitsUnderDelay(mechanism, direction));
      if (rate < due) {
        due = Math.min(due, plainGigabits() / 4);
      }
    }
    assertThat(rate).isGreaterThanOrEqualTo(due);
  }

  private double gigabitsUnderDelay(String mechanism, Direction direction) {
    TrafficFilter traffic = Scenario.peerPort(direction, PORT);
    Delay delay = constant(Duration.ofMillis(10));
    try (Mechanism _ = Mechanism.of(mechanism);
        Injection injection = Scenario.of(network, traffic, 1, delay).arm();
        TcpFlow flow = TcpFlow.toPeer(network, Family.IPV4, PORT)) {
      double rate = gigabits(flow);
      Counters counters = Scenario.report(injection, direction).counters();
      FIGURES.add(
          Figures.format("%s, one TCP flow, 10 ms, %s", mechanism, direction),
          Figures.format(
              "%.2f Gbit/s; %,d packets overflowed, %,d segments sent again",
              rate, counters.overflow(), flow.client().tcpInfo().retransmitted()),
          Figures.format("≥ %.1f Gbit/s", GIGABITS));
      return rate;
    }
  }

  private double plainGigabits() {
    try (TcpFlow flow = TcpFlow.toPeer(network, Family.IPV4, PORT)) {
      return gigabits(flow);
    }
  }

  private static double gigabits(TcpFlow flow) {
    Duration duration = Duration.ofSeconds(3);
    return flow.transfer(duration) * 8.0 / duration.toNanos();
  }

  @ParameterizedTest
  @CsvSource({"EGRESS", "INGRESS"})
  void severalDelaysOfOneExperimentAddUp(Direction direction) {
    Delay[] delays = {constant(Duration.ofMillis(10)), constant(Duration.ofMillis(20))};
    try (UdpStream stream = stream(Family.IPV4, direction, 500);
        Injection _ = Scenario.of(network, Scenario.udp(direction), 1, delays).arm()) {
      assertAdded(stream, direction + ", 10 ms + 20 ms in one experiment");
    }
  }

  @ParameterizedTest
  @CsvSource({"EGRESS", "INGRESS"})
  void delaysOfSeveralExperimentsAddUp(Direction direction) {
    Scenario ten =
        Scenario.of(network, Scenario.udp(direction), 1, constant(Duration.ofMillis(10)));
    Scenario twenty =
        Scenario.of(network, Scenario.udp(direction), 1, constant(Duration.ofMillis(20)));
    try (UdpStream stream = stream(Family.IPV6, direction, 500);
        Injection _ = ten.arm();
        Injection _ = twenty.arm()) {
      assertAdded(stream, direction + ", 10 ms + 20 ms in two experiments");
    }
  }

  private static void assertAdded(UdpStream stream, String what) {
    stream.sender().pace(500, PER_SECOND);
    long[] delays = stream.receiver().await(500, QUIET).delays();
    long median = Statistics.quantile(delays, 0.5);
    FIGURES.add(what, "p50 " + Figures.millis(median), "30 ms ± 0.2 ms");

    assertThat(delays).hasSize(500);
    assertThat(median).isBetween(29_900_000L, 30_200_000L);
  }

  @Test
  void othersAreNotDelayed() {
    try (UdpStream hit = UdpStream.toPeer(network, Family.IPV4, PORT, 200);
        UdpStream other = UdpStream.toPeer(network, Family.IPV4, PORT + 1, 200);
        Injection _ =
            Scenario.of(network, Scenario.peerPort(Direction.BOTH, PORT), 1, constant(LATENCY))
                .arm()) {
      Together.run(() -> hit.sender().pace(200, 1000), () -> other.sender().pace(200, 1000));
      assertThat(hit.receiver().await(200, QUIET).delays()[0]).isGreaterThan(49_000_000);
      assertThat(Statistics.quantile(other.receiver().await(200, QUIET).delays(), 0.5))
          .isLessThan(5_000_000);
    }
  }
}
