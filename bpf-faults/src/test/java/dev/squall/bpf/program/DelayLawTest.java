// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.squall.bpf.NetemFiles;
import dev.squall.fault.Distribution;
import dev.squall.fault.DistributionTable;
import dev.squall.fault.Jitter;
import dev.squall.fault.NamedDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayLawTest {
  private static final Duration LATENCY = Duration.ofSeconds(30);
  private static final Duration AMOUNT = Duration.ofMillis(100);

  static Stream<Distribution> distributionsWithADeviation() {
    return Stream.of(
        NamedDistribution.NORMAL,
        NamedDistribution.PARETO,
        NamedDistribution.PARETONORMAL,
        table(Collections.nCopies(1, (short) -5), List.of((short) 700)),
        table(List.of((short) 1, (short) 2, (short) 4), List.of()),
        table(Collections.nCopies(999, (short) 0), List.of(Short.MAX_VALUE)),
        table(Collections.nCopies(DistributionTable.MOST - 1, (short) 0), List.of((short) 1)),
        ramp(5000),
        ramp(DistributionTable.MOST));
  }

  @ParameterizedTest
  @MethodSource("distributionsWithADeviation")
  void theJitterIsTheStandardDeviationOfWhatTheKernelDraws(Distribution distribution) {
    assertThat(deviation(drawn(law(distribution)))).isEqualTo(1, within(0.002));
  }

  @ParameterizedTest
  @MethodSource("distributionsWithADeviation")
  void theJitterIsTheStandardDeviationOfTheStepsOfHtb(Distribution distribution) {
    assertThat(deviation(deviations(law(distribution).steps(WaitPlan.STEPS))))
        .isEqualTo(1, within(0.0005));
  }

  @Test
  void uniformJitterReachesToBothSides() {
    double[] drawn = drawn(law(NamedDistribution.UNIFORM));

    assertThat(drawn[0]).isEqualTo(-1, within(0.001));
    assertThat(drawn[drawn.length - 1]).isEqualTo(1, within(0.001));
    assertThat(deviation(drawn)).isEqualTo(1 / Math.sqrt(3), within(0.0005));
    assertThat(law(NamedDistribution.UNIFORM).steps(4))
        .containsExactly(29_925_000_000L, 29_975_000_000L, 30_025_000_000L, 30_075_000_000L);
  }

  /// Of the normal law from its tables; of the others from the files of iproute2, stretched.
  @ParameterizedTest
  @CsvSource({
    "NORMAL, 0.5, 0",
    "NORMAL, 0.975, 1.960",
    "NORMAL, 0.001, -3.090",
    "PARETO, 0.5, -0.3905",
    "PARETO, 0.9, 1.0637",
    "PARETONORMAL, 0.5, -0.2878",
    "PARETONORMAL, 0.1, -0.9418"
  })
  void aShareOfThePacketsWaitsNoLonger(
      NamedDistribution distribution, double share, double deviation) {
    double[] drawn = drawn(law(distribution));

    assertThat(drawn[(int) (share * drawn.length)]).isEqualTo(deviation, within(0.005));
  }

  /// A name and the file that iproute2 has for it are the same law.
  @ParameterizedTest
  @ValueSource(strings = {"NORMAL", "PARETO", "PARETONORMAL"})
  void aNameIsAsGoodAsItsFile(NamedDistribution distribution) {
    DistributionTable file = table(NetemFiles.values(distribution.toString()));
    double[] named = drawn(law(distribution));
    double[] read = drawn(law(file));
    double tail = distribution == NamedDistribution.NORMAL ? 0.01 : 0;

    for (int i = (int) (tail * named.length); i < (1 - tail) * named.length; i++) {
      assertThat(named[i]).as("draw %d", i).isEqualTo(read[i], within(0.01));
    }
  }

  /// As netem has it: not the mean, which is a little shorter.
  @Test
  void theLatencyIsWhereTheTableHasItsZero() {
    double[] values = NetemFiles.values("pareto");
    double mean = Arrays.stream(values).average().orElseThrow();
    double unit = deviation(values);

    assertThat(mean / unit).isEqualTo(-0.041, within(0.001));
    assertThat(mean(drawn(law(NamedDistribution.PARETO)))).isEqualTo(mean / unit, within(0.0005));
    assertThat(mean(deviations(law(NamedDistribution.PARETO).steps(WaitPlan.STEPS))))
        .isEqualTo(mean / unit, within(0.0005));
  }

  @Test
  void twoValuesAreTwoDelays() {
    double[] drawn = drawn(law(table(List.of((short) -8192), List.of((short) 8192))));

    assertThat(Arrays.stream(drawn).filter(value -> Math.abs(Math.abs(value) - 1) > 0.001).count())
        .isLessThanOrEqualTo(drawn.length / 1000);
  }

  /// The figures of the guide.
  @ParameterizedTest
  @CsvSource({
    "NORMAL, -3.67, 3.67, -2.75, 2.75",
    "PARETO, -0.81, 4.88, -0.81, 4.88",
    "PARETONORMAL, -1.80, 4.65, -1.43, 4.42"
  })
  void theLongestAndTheShortestDelayAreTheEndsOfTheLaw(
      NamedDistribution distribution,
      double shortest,
      double longest,
      double shortestOfHtb,
      double longestOfHtb) {
    double[] borders = deviations(law(distribution).borders());
    double[] steps = deviations(law(distribution).steps(WaitPlan.STEPS));

    assertThat(borders[0]).isEqualTo(shortest, within(0.005));
    assertThat(borders[borders.length - 1]).isEqualTo(longest, within(0.005));
    assertThat(steps[0]).isEqualTo(shortestOfHtb, within(0.005));
    assertThat(steps[steps.length - 1]).isEqualTo(longestOfHtb, within(0.005));
  }

  @Test
  void aDelayIsCutAtNothingAndAtAMinute() {
    Jitter jitter = new Jitter(Duration.ofSeconds(40), NamedDistribution.NORMAL);
    long[] borders = new DelayLaw(Duration.ofSeconds(20), jitter).borders();

    assertThat(borders).isSorted();
    assertThat(borders[0]).isZero();
    assertThat(borders[borders.length - 1]).isEqualTo(60_000_000_000L);
  }

  /// What [Jitter] says of a latency that is no longer than the jitter.
  @Test
  void cuttingAtNothingTakesFromTheDeviation() {
    Jitter jitter = new Jitter(AMOUNT, NamedDistribution.NORMAL);
    long[] borders = new DelayLaw(AMOUNT, jitter).borders();
    double[] waits = Arrays.stream(borders).mapToDouble(nanos -> nanos / 1e8).toArray();

    assertThat(mean(waits)).isEqualTo(1.083, within(0.002));
    assertThat(deviation(waits)).isEqualTo(0.867, within(0.002));
  }

  private static DelayLaw law(Distribution distribution) {
    return new DelayLaw(LATENCY, new Jitter(AMOUNT, distribution));
  }

  /// Draws as the program makes them: a step, and a place in it.
  private static double[] drawn(DelayLaw law) {
    double[] borders = deviations(law.borders());
    return IntStream.range(0, borders.length - 1)
        .boxed()
        .flatMapToDouble(
            i ->
                DoubleStream.of(0.1, 0.3, 0.5, 0.7, 0.9)
                    .map(place -> borders[i] + place * (borders[i + 1] - borders[i])))
        .toArray();
  }

  /// From the latency, in units of the jitter.
  private static double[] deviations(long[] delays) {
    assertThat(delays).isSorted();
    return Arrays.stream(delays)
        .mapToDouble(delay -> (double) (delay - LATENCY.toNanos()) / AMOUNT.toNanos())
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(mean(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray()));
  }

  private static DistributionTable table(List<Short> some, List<Short> others) {
    List<Short> values = new ArrayList<>(some);
    values.addAll(others);
    return new DistributionTable("test.dist", values);
  }

  private static DistributionTable table(double[] values) {
    return table(Arrays.stream(values).mapToObj(value -> (short) value).toList(), List.of());
  }

  private static DistributionTable ramp(int size) {
    return table(IntStream.range(0, size).asDoubleStream().toArray());
  }
}
