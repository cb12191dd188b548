// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.fault.Counters;
import dev.squall.fault.Delay;
import dev.squall.fault.Fault;
import dev.squall.fault.FaultException;
import dev.squall.fault.Injection;
import dev.squall.target.Direction;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Delays at the limits of what holds them, and at their end.
class DelayLimitScenarioKernelIT {
  private static final int PORT = 7008;
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final Figures FIGURES = new Figures("Delay limits");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  static Stream<String> mechanisms() {
    return Mechanism.present();
  }

  private static Delay constant(Duration latency) {
    return new Delay(latency, null, false);
  }

  private UdpStream stream(Direction direction, int most) {
    return direction == Direction.EGRESS
        ? UdpStream.toPeer(network, Family.IPV6, PORT, most)
        : UdpStream.toTarget(network, Family.IPV6, PORT, most);
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void whatTheLineCannotHoldPassesAtOnceAndIsCounted(String mechanism) {
    int count = 150_000;
    try (Mechanism _ = Mechanism.of(mechanism);
        UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, count);
        Injection injection =
            Scenario.of(
                    network, Scenario.udp(Direction.EGRESS), 1, constant(Duration.ofMillis(500)))
                .arm()) {
      stream.sender().blast(count);
      long[] delays = stream.receiver().await(count, Duration.ofSeconds(1)).delays();
      Counters counters = Scenario.report(injection, Direction.EGRESS).counters();
      long delayed = Arrays.stream(delays).filter(delay -> delay > 490_000_000).count();
      FIGURES.add(
          mechanism + ", 500 ms, 150,000 datagrams at once",
          Figures.format(
              "%,d matched, %,d delayed by the counters, %,d overflow; %,d arrived late, p99 %s",
              counters.matched().packets(),
              counters.hit().packets(),
              counters.overflow(),
              delayed,
              Figures.millis(Statistics.quantile(delays, 0.99))),
          "matched = delayed + overflow, none lost");

      assertThat(delays).as("none is lost").hasSize(count);
      assertThat(counters.matched().packets()).isEqualTo(count);
      assertThat(counters.overflow()).isPositive();
      assertThat(counters.hit().packets() + counters.overflow()).isEqualTo(count);
      assertThat(delayed).isEqualTo(counters.hit().packets());
    }
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void packetsOnTheirWayAtTheEndArriveAtTheirTime(String mechanism) {
    for (Direction direction : new Direction[] {Direction.EGRESS, Direction.INGRESS}) {
      try (Mechanism _ = Mechanism.of(mechanism);
          UdpStream stream = stream(direction, 200)) {
        Duration latency = Duration.ofMillis(300);
        Injection injection =
            Scenario.of(network, Scenario.udp(direction), 1, constant(latency)).arm();
        stream.sender().pace(200, 1000);
        assertThat(stream.receiver().received()).as("while they wait").isZero();
        injection.close();

        long[] delays = stream.receiver().await(200, QUIET).delays();
        assertThat(delays).hasSize(200);
        assertThat(delays[0]).isGreaterThan(latency.toNanos() - 10_000);
        assertThat(Statistics.quantile(delays, 0.5)).isLessThan(latency.toNanos() + 1_000_000);
      }
    }
  }

  static Stream<Arguments> mechanismsAndWays() {
    return mechanisms()
        .flatMap(
            mechanism ->
                Stream.of(Direction.EGRESS, Direction.INGRESS)
                    .map(direction -> Arguments.of(mechanism, direction)));
  }

  @ParameterizedTest
  @MethodSource("mechanismsAndWays")
  void endingAgainAndAgainUnderLoadLosesNothing(String mechanism, Direction direction) {
    int rounds = 10;
    AtomicBoolean over = new AtomicBoolean();
    try (Mechanism _ = Mechanism.of(mechanism);
        UdpStream stream = stream(direction, 1_000_000)) {
      Together.run(
          () -> stream.sender().paceBursts(1_000_000, 20_000, 10, over::get),
          () -> {
            for (int i = 0; i < rounds; i++) {
              endSoon(direction);
            }
            over.set(true);
          });
      long sent = stream.sender().sent();
      stream.receiver().await(sent, QUIET);
      FIGURES.add(
          Figures.format("%s, %s, a delay that ends %d times", mechanism, direction, rounds),
          Figures.format(
              "%,d sent, %,d arrived, %,d twice",
              sent, stream.receiver().received(), stream.receiver().twice()),
          "none lost");
      assertThat(stream.receiver().received()).isEqualTo(sent);
      assertThat(stream.receiver().twice()).isZero();
    }
  }

  private void endSoon(Direction direction) {
    Delay delay = constant(Duration.ofMillis(5));
    try (Injection injection = Scenario.of(network, Scenario.udp(direction), 1, delay).arm()) {
      Pause.of(Duration.ofMillis(50));
      assertThat(Scenario.report(injection, direction).counters().hit().packets()).isPositive();
    }
  }

  @Test
  void moreDifferentDelaysThanTheLineHasAreRefusedBeforeAnythingIsTouched() {
    Fault[] delays =
        IntStream.rangeClosed(1, 33)
            .mapToObj(millis -> constant(Duration.ofMillis(millis)))
            .toArray(Fault[]::new);
    String before = Tool.run("ip", "-j", "-n", network.targetName(), "link");
    try (Mechanism _ = Mechanism.of("htb")) {
      assertThatThrownBy(
              () -> Scenario.of(network, Scenario.udp(Direction.EGRESS), 1, delays).prepare())
          .isInstanceOfSatisfying(
              FaultException.class, e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.USER))
          .hasMessageContaining("33 different delays");
    }
    assertThat(Tool.run("ip", "-j", "-n", network.targetName(), "link")).isEqualTo(before);
  }
}
