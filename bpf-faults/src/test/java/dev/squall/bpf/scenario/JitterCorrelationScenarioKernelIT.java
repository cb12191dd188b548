// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Delay;
import dev.squall.fault.Injection;
import dev.squall.fault.Jitter;
import dev.squall.fault.NamedDistribution;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Delays that are like the ones before: how much, and that they stray as far as ever.
class JitterCorrelationScenarioKernelIT {
  private static final int PORT = 7008;
  private static final int SAMPLE = 4000;
  private static final int PER_SECOND = 400;
  private static final Duration LATENCY = Duration.ofMillis(80);
  private static final Duration AMOUNT = Duration.ofMillis(20);
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final long SEED = 42;
  private static final double Z = 4;
  private static final Figures FIGURES = new Figures("Jitter with correlation");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  /// HTB has a class for each step of the law, and delays that are alike crowd into few of them.
  static Stream<Arguments> mechanismsAndCorrelations() {
    return Mechanism.present()
        .map(mechanism -> Arguments.of(mechanism, mechanism.equals("htb") ? "50%" : "90%"));
  }

  /// Of normal delays: their scores are the delays themselves. A lagged correlation r of n packets
  /// has a standard error of √((1 - r²) / n) in a first-order autoregression (Bartlett), and n of
  /// its values tell as much about the deviation as n (1 - r²) / (1 + r²) that are independent.
  @ParameterizedTest
  @MethodSource("mechanismsAndCorrelations")
  void delaysComeAlikeAndStrayByTheJitter(String mechanism, String text) {
    Percentage correlation = Percentage.parse(text);
    double[] millis = delays(mechanism, correlation);
    double r = correlation.fraction();
    double realised = Statistics.lagged(millis);
    double deviation = Math.sqrt(TableLaw.variance(millis));
    double near = Z * Math.sqrt((1 - r * r) / SAMPLE);
    double margin = Z * 20 * Math.sqrt((1 + r * r) / (1 - r * r) / (2 * SAMPLE));
    FIGURES.add(
        Figures.format("%s, normal, 80 ms ± 20 ms, correlation %s", mechanism, text),
        Figures.format("%.3f, deviation %.2f ms, n %,d", realised, deviation, SAMPLE),
        Figures.format("%.2f ± %.3f, 20 ms ± %.2f ms", r, near, margin));
    assertThat(realised).isBetween(r - near, r + near);
    assertThat(deviation).isBetween(20 - margin, 20 + margin);
  }

  private double[] delays(String mechanism, Percentage correlation) {
    Jitter jitter = new Jitter(AMOUNT, NamedDistribution.NORMAL, correlation);
    Delay delay = new Delay(LATENCY, jitter, false);
    Direction direction = Direction.EGRESS;
    try (Mechanism _ = Mechanism.of(mechanism);
        UdpStream stream = UdpStream.of(network, direction, Family.IPV4, PORT, SAMPLE);
        Injection injection = Scenario.of(network, Scenario.udp(direction), SEED, delay).arm()) {
      stream.sender().pace(SAMPLE, PER_SECOND);
      UdpReceiver receiver = stream.receiver().await(SAMPLE, QUIET);
      assertThat(Scenario.report(injection, direction).counters().overflow()).isZero();
      assertThat(receiver.received()).isEqualTo(SAMPLE);
      return IntStream.range(0, SAMPLE).mapToDouble(i -> receiver.delay(i) / 1e6).toArray();
    }
  }
}
