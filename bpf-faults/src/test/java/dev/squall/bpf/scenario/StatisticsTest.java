// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theLimitLeavesEachTestItsPartOfTheBudget() {
    double beyond = 2 * (1 - Statistics.normal(Statistics.Z));

    assertThat(beyond * Statistics.TESTS).isBetween(0.99 * Statistics.BUDGET, Statistics.BUDGET);
  }

  @Test
  void aShareThatIsRightScoresZeroAndOneThatIsOneDeviationOffScoresOne() {
    assertThat(Statistics.binomialScore(5000, 100_000, 0.05)).isZero();
    assertThat(Statistics.binomialScore(5069, 100_000, 0.05)).isCloseTo(1, within(0.01));
  }

  @Test
  void independentValuesPassTheRunsTest() {
    assertThat(Statistics.runsScore(flips(0))).isBetween(-4.0, 4.0);
  }

  @Test
  void valuesThatStickTogetherHaveTooFewRuns() {
    assertThat(Statistics.runsScore(flips(0.1))).isLessThan(-10);
  }

  /// @param stickiness probability of repeating the last value
  private static boolean[] flips(double stickiness) {
    Random random = new Random(1);
    boolean[] values = new boolean[100_000];
    for (int i = 1; i < values.length; i++) {
      values[i] = random.nextDouble() < stickiness ? values[i - 1] : random.nextDouble() < 0.05;
    }
    return values;
  }

  @Test
  void aSampleThatFollowsTheLawIsCloseToItAndAShiftedOneIsNot() {
    double[] even = new double[1000];
    double[] shifted = new double[1000];
    for (int i = 0; i < even.length; i++) {
      even[i] = (i + 0.5) / even.length;
      shifted[i] = even[i] + 0.1;
    }

    assertThat(Statistics.kolmogorovSmirnov(even, x -> x)).isCloseTo(0.0005, within(1e-9));
    assertThat(Statistics.kolmogorovSmirnov(shifted, x -> Math.min(x, 1)))
        .isCloseTo(0.1005, within(1e-9));
  }

  @Test
  void theNormalLawIsThatOfTheTables() {
    assertThat(Statistics.normal(0)).isEqualTo(0.5);
    assertThat(Statistics.normal(1.96)).isCloseTo(0.9750021, within(1e-7));
    assertThat(Statistics.normal(-1)).isCloseTo(0.1586553, within(1e-7));
  }

  @Test
  void aQuantileIsOneOfTheValues() {
    long[] values = {1, 2, 3, 4};

    assertThat(Statistics.quantile(values, 0.5)).isEqualTo(2);
    assertThat(Statistics.quantile(values, 0.99)).isEqualTo(4);
    assertThat(Statistics.quantile(values, 0)).isEqualTo(1);
  }
}
