// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.NetemFiles;
import dev.squall.experiment.file.DistributionText;
import dev.squall.fault.Counters;
import dev.squall.fault.Delay;
import dev.squall.fault.Injection;
import dev.squall.fault.Jitter;
import dev.squall.target.Direction;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Delays by netem's distributions, held against the files that iproute2 has for them: their law,
/// and that the jitter which was asked for is the one that comes about.
class JitterLawScenarioKernelIT {
  private static final int PORT = 7007;
  private static final int SAMPLE = 6000;

  /// Long enough for nothing to be cut at 0.
  private static final Duration LATENCY = Duration.ofMillis(80);

  private static final Duration AMOUNT = Duration.ofMillis(20);
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final long SEED = 42;
  private static final double Z = 4;

  /// Of [#SAMPLE] independent draws of a continuous law, one sample in 120 is further from it than
  /// 0.021. A step of HTB adds 1/256, and 0.1 ms that a packet comes late as much as 0.01.
  private static final double LARGEST_DISTANCE = 0.025;

  private static final int MOST_TRIES = 3;
  private static final Figures FIGURES = new Figures("Jitter laws");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  static Stream<Arguments> mechanismsAndDistributions() {
    return Mechanism.present()
        .flatMap(
            mechanism ->
                Stream.of("normal", "pareto", "paretonormal", "experimental")
                    .map(distribution -> Arguments.of(mechanism, distribution)));
  }

  /// The seed decides every delay, so a sample that is too far from the law differs from the next
  /// one only by how late packets were: on a machine that is busy with something else, some are.
  @ParameterizedTest
  @MethodSource("mechanismsAndDistributions")
  void delaysFollowTheTableAndStrayByTheJitter(String mechanism, String distribution) {
    TableLaw law = TableLaw.of(NetemFiles.values(distribution), LATENCY, AMOUNT);
    double[] millis = delays(mechanism, delay(distribution));
    double distance = law.distance(millis);
    for (int tries = 1; tries < MOST_TRIES && distance > LARGEST_DISTANCE; tries++) {
      millis = delays(mechanism, delay(distribution));
      distance = law.distance(millis);
    }
    double deviation = Math.sqrt(TableLaw.variance(millis));
    double margin = Z * law.deviationError(millis.length);
    FIGURES.add(
        Figures.format("%s, %s, 80 ms ± 20 ms", mechanism, distribution),
        Figures.format("D %.4f, deviation %.2f ms, n %,d", distance, deviation, millis.length),
        Figures.format("D ≤ %.3f, 20 ms ± %.2f ms", LARGEST_DISTANCE, margin));
    assertThat(distance).isLessThanOrEqualTo(LARGEST_DISTANCE);
    assertThat(deviation).isBetween(20 - margin, 20 + margin);
  }

  /// The names where they are one of ours, the file where it is not.
  private static Delay delay(String distribution) {
    String word =
        distribution.equals("experimental") ? NetemFiles.of(distribution).toString() : distribution;
    return new Delay(LATENCY, new Jitter(AMOUNT, DistributionText.parse(word)), false);
  }

  private double[] delays(String mechanism, Delay delay) {
    int perSecond = mechanism.equals("htb") ? 600 : 3000;
    Direction direction = Direction.EGRESS;
    try (Mechanism _ = Mechanism.of(mechanism);
        UdpStream stream = UdpStream.of(network, direction, Family.IPV4, PORT, SAMPLE);
        Injection injection = Scenario.of(network, Scenario.udp(direction), SEED, delay).arm()) {
      stream.sender().pace(SAMPLE, perSecond);
      long[] nanos = stream.receiver().await(SAMPLE, QUIET).delays();
      Counters counters = Scenario.report(injection, direction).counters();
      assertThat(counters.overflow()).isZero();
      assertThat(nanos).hasSize(SAMPLE);
      return Arrays.stream(nanos).mapToDouble(wait -> wait / 1e6).toArray();
    }
  }
}
