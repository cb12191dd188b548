// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Counters;
import dev.squall.fault.Delay;
import dev.squall.fault.Injection;
import dev.squall.fault.Jitter;
import dev.squall.fault.NamedDistribution;
import dev.squall.target.Direction;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Delays that vary: the law they follow, and the order in which packets arrive.
class JitterScenarioKernelIT {
  private static final int PORT = 7006;
  private static final int SAMPLE = 10_000;
  private static final int PER_SECOND = 2000;
  private static final double LARGEST_DISTANCE = 0.02;
  private static final long FIXED_SEED = 42;
  private static final int TESTS_PAID = 3;
  private static final int STEPS = 128;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Figures FIGURES = new Figures("Jitter");

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
  @EnumSource(names = {"UNIFORM", "NORMAL"})
  void delaysOfAFixedSeedFollowTheLaw(NamedDistribution distribution) {
    assertThat(distance(distribution, Direction.EGRESS, FIXED_SEED))
        .isLessThanOrEqualTo(LARGEST_DISTANCE);
  }

  /// Of 10,000 independent draws that follow a law, cut into 128 steps, one sample in 120 is
  /// further from it than 0.02 (Kolmogorov's limit law at 1.66, as a step adds 1/256). So a first
  /// sample that is too far away is followed by a second one, and only when both are it is taken
  /// for a failure: once in 15,000, which is paid for with the part of three tests of chance.
  @ParameterizedTest
  @EnumSource(names = {"UNIFORM", "NORMAL"})
  void delaysOfAnySeedFollowTheLaw(NamedDistribution distribution) {
    String what = "jitter, " + distribution;
    double distance =
        distance(distribution, Direction.INGRESS, Statistics.freshSeed(what, TESTS_PAID));
    if (distance > LARGEST_DISTANCE) {
      distance = distance(distribution, Direction.INGRESS, Statistics.freshSeed(what, 0));
    }
    assertThat(distance).isLessThanOrEqualTo(LARGEST_DISTANCE);
  }

  private double distance(NamedDistribution distribution, Direction direction, long seed) {
    Duration latency = Duration.ofMillis(20);
    Duration amount = Duration.ofMillis(distribution == NamedDistribution.UNIFORM ? 10 : 5);
    Delay delay = new Delay(latency, new Jitter(amount, distribution), false);
    try (UdpStream stream = stream(direction, SAMPLE);
        Injection injection = Scenario.of(network, Scenario.udp(direction), seed, delay).arm()) {
      stream.sender().pace(SAMPLE, PER_SECOND);
      long[] delays = stream.receiver().await(SAMPLE, QUIET).delays();
      Counters counters = Scenario.report(injection, direction).counters();
      double[] millis = Arrays.stream(delays).mapToDouble(nanos -> nanos / 1e6).toArray();
      double distance = Statistics.kolmogorovSmirnov(millis, law(distribution));
      long steps = steps(millis, law(distribution));
      FIGURES.add(
          Figures.format("%s, %s, seed %d", delay.describe(), direction, seed),
          Figures.format("D %.4f, n %,d; %d steps", distance, delays.length, steps),
          "D ≤ 0.02, ≥ 128 steps");
      assertThat(counters.overflow()).isZero();
      assertThat(steps).isEqualTo(STEPS);
      assertThat(delays).hasSize(SAMPLE);
      return distance;
    }
  }

  private static DoubleUnaryOperator law(NamedDistribution distribution) {
    return switch (distribution) {
      case UNIFORM -> millis -> Math.clamp((millis - 10) / 20, 0, 1);
      case NORMAL -> millis -> Statistics.normal((millis - 20) / 5);
      case PARETO, PARETONORMAL -> throw new IllegalArgumentException(distribution.toString());
    };
  }

  /// Of 128 parts of the law that are equally likely, those that came about. A line that has fewer
  /// steps leaves some out.
  private static long steps(double[] millis, DoubleUnaryOperator law) {
    return Arrays.stream(millis)
        .mapToInt(value -> (int) Math.min(law.applyAsDouble(value) * STEPS, STEPS - 1))
        .distinct()
        .count();
  }

  private UdpStream stream(Direction direction, int most) {
    return direction == Direction.EGRESS
        ? UdpStream.toPeer(network, Family.IPV4, PORT, most)
        : UdpStream.toTarget(network, Family.IPV4, PORT, most);
  }

  static Stream<Arguments> exactMechanismsAndWays() {
    return Mechanism.exact()
        .flatMap(
            mechanism ->
                Stream.of(Direction.EGRESS, Direction.INGRESS)
                    .map(direction -> Arguments.of(mechanism, direction)));
  }

  @ParameterizedTest
  @MethodSource("exactMechanismsAndWays")
  void jitterReordersUnlessOrderIsKept(String mechanism, Direction direction) {
    long reordered = overtaken(mechanism, direction, false);
    long kept = overtaken(mechanism, direction, true);
    FIGURES.add(
        Figures.format("%s, 20 ms ± 15 ms, %s", mechanism, direction),
        Figures.format("%,d of 2,000 overtaken, %,d with keep-order", reordered, kept),
        "0 with keep-order");

    assertThat(reordered).isGreaterThan(100);
    assertThat(kept).isZero();
  }

  private long overtaken(String mechanism, Direction direction, boolean keepOrder) {
    int count = 2000;
    Jitter jitter = new Jitter(Duration.ofMillis(15), NamedDistribution.UNIFORM);
    Delay delay = new Delay(Duration.ofMillis(20), jitter, keepOrder);
    try (Mechanism _ = Mechanism.of(mechanism);
        UdpStream stream = stream(direction, count);
        Injection injection = Scenario.of(network, Scenario.udp(direction), 1, delay).arm()) {
      stream.sender().pace(count, PER_SECOND);
      assertThat(stream.receiver().await(count, QUIET).received()).isEqualTo(count);
      assertThat(Scenario.report(injection, direction).counters().overflow()).isZero();
      return stream.receiver().overtaken();
    }
  }
}
