// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.experiment.file.DistributionText;
import dev.squall.fault.Delay;
import dev.squall.fault.Injection;
import dev.squall.fault.Jitter;
import dev.squall.fault.NamedDistribution;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The rows of `bench/fidelity` about delays.
///
/// @param network of the datagrams
/// @param seed of all draws
record DelayFidelity(TestNetwork network, long seed) {
  private static final int PORT = 7001;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final double Z = 4;

  void rows() {
    delay();
    jitter("normal", "20.0 ms");
    jitter("pareto", "16.4 ms");
    jitter("paretonormal", "16.7 ms");
    correlatedJitter();
  }

  private Injection arm(Delay delay) {
    return Scenario.of(network, Scenario.udp(Direction.EGRESS), seed, delay).arm();
  }

  private double[] delays(Delay delay, int n, int perSecond) {
    try (UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, n);
        Injection _ = arm(delay)) {
      stream.sender().pace(n, perSecond);
      long[] nanos = stream.receiver().await(n, QUIET).delays();
      return Arrays.stream(nanos).mapToDouble(wait -> wait / 1e6).toArray();
    }
  }

  private void delay() {
    double[] millis = delays(new Delay(Duration.ofMillis(50), null, false), 3_000, 1_000);
    Fidelity.row(
        "delay",
        "50 ms",
        Figures.format("median %.3f ms, p99 %.3f ms", millis[1_500], millis[2_970]),
        "50 to 50.1 ms",
        "3,000",
        "the same");
  }

  private void jitter(String law, String netem) {
    int n = 6_000;
    Jitter jitter = new Jitter(Duration.ofMillis(20), DistributionText.parse(law));
    double[] millis = delays(new Delay(Duration.ofMillis(80), jitter, false), n, 600);
    double mean = Arrays.stream(millis).average().orElseThrow();
    double second = Arrays.stream(millis).map(x -> Math.pow(x - mean, 2)).sum() / n;
    double fourth = Arrays.stream(millis).map(x -> Math.pow(x - mean, 4)).sum() / n;
    double error = Z * Math.sqrt((fourth - second * second) / n) / (2 * Math.sqrt(second));
    Fidelity.row(
        "jitter, " + law,
        "80 ± 20 ms",
        Figures.format("deviation %.2f ms", Math.sqrt(second)),
        Figures.format("%.2f to %.2f ms", 20 - error, 20 + error),
        Figures.format("%,d", n),
        netem + " by its table");
  }

  /// netem adds up 1 - r of a number and r of the last sum, which takes a deviation of 1 to √((1 -
  /// r) / (1 + r)).
  private void correlatedJitter() {
    int n = 4_000;
    double r = 0.5;
    Jitter jitter =
        new Jitter(Duration.ofMillis(20), NamedDistribution.NORMAL, Percentage.parse("50%"));
    try (UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, n);
        Injection _ = arm(new Delay(Duration.ofMillis(80), jitter, false))) {
      stream.sender().pace(n, 400);
      UdpReceiver receiver = stream.receiver().await(n, QUIET);
      double[] millis = IntStream.range(0, n).mapToDouble(i -> receiver.delay(i) / 1e6).toArray();
      double deviation = Math.sqrt(TableLaw.variance(millis));
      double error = Z * 20 * Math.sqrt((1 + r * r) / (1 - r * r) / (2 * n));
      double near = Z * Math.sqrt((1 - r * r) / n);
      Fidelity.row(
          "jitter, normal, correlation",
          "0.50, 80 ± 20 ms",
          Figures.format("%.2f, deviation %.2f ms", Statistics.lagged(millis), deviation),
          Figures.format(
              "%.2f to %.2f, %.2f to %.2f ms", r - near, r + near, 20 - error, 20 + error),
          Figures.format("%,d", n),
          Figures.format("%.1f ms by its formula", 20 * Math.sqrt((1 - r) / (1 + r))));
    }
  }
}
