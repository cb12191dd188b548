// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// Tests of chance, under one budget: a run of the whole suite over correct code raises a false
/// alarm with a probability of at most 0.1 %. Each of [#TESTS] tests gets an equal part of it
/// (Bonferroni), two-sided, which is what [#Z] stands for. Each test draws a fresh seed and prints
/// it; tests with a fixed seed are no tests of chance and cost nothing.
public final class Statistics {
  static final double BUDGET = 0.001;

  /// How many tests of chance there are at the most; a draw beyond fails.
  static final int TESTS = 60;

  /// The standard normal law leaves 0.001 / 60 / 2 beyond it on each side.
  public static final double Z = 4.306;

  private static final AtomicInteger TAKEN = new AtomicInteger();

  private Statistics() {}

  /// A seed for tests of chance, which are counted against the budget.
  ///
  /// @param tests how many comparisons will be made with it
  public static long freshSeed(String what, int tests) {
    if (TAKEN.addAndGet(tests) > TESTS) {
      throw new AssertionError(
          "more than %d tests of chance: raise TESTS, and Z with it".formatted(TESTS));
    }
    long seed = ThreadLocalRandom.current().nextLong();
    System.out.printf("seed of %s: %d%n", what, seed);
    return seed;
  }

  /// How many standard deviations a number of hits is away from what is expected.
  public static double binomialScore(long hits, long trials, double probability) {
    double expected = trials * probability;
    return (hits - expected) / Math.sqrt(expected * (1 - probability));
  }

  /// How many standard deviations the mean of a series is away from what is expected, where one
  /// value tells something about the next: the deviation is that of the means of 100 long batches.
  static double batchScore(boolean[] values, double expected) {
    int batches = 100;
    int length = values.length / batches;
    double[] means = new double[batches];
    for (int i = 0; i < batches * length; i++) {
      means[i / length] += values[i] ? 1.0 / length : 0;
    }
    double mean = Arrays.stream(means).average().orElseThrow();
    double squares = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
    return (mean - expected) / Math.sqrt(squares / (batches - 1) / batches);
  }

  /// The test of independence of Wald and Wolfowitz ("On a test whether two samples are from the
  /// same population", Ann. Math. Stat. 11, 1940): how many standard deviations the number of runs
  /// of equal values is away from what their numbers let expect.
  static double runsScore(boolean[] values) {
    long yes = 0;
    long runs = values.length > 0 ? 1 : 0;
    for (int i = 0; i < values.length; i++) {
      yes += values[i] ? 1 : 0;
      runs += i > 0 && values[i] != values[i - 1] ? 1 : 0;
    }
    double n = values.length;
    double product = 2.0 * yes * (n - yes);
    double mean = product / n + 1;
    double variance = product * (product - n) / (n * n * (n - 1));
    return (runs - mean) / Math.sqrt(variance);
  }

  /// The largest distance between the distribution of a sample and a law: Kolmogorov and Smirnov's
  /// D.
  ///
  /// @param sample ascending
  /// @param law its cumulative distribution function
  static double kolmogorovSmirnov(double[] sample, DoubleUnaryOperator law) {
    double largest = 0;
    for (int i = 0; i < sample.length; i++) {
      double expected = law.applyAsDouble(sample[i]);
      double below = expected - (double) i / sample.length;
      double above = (double) (i + 1) / sample.length - expected;
      largest = Math.max(largest, Math.max(below, above));
    }
    return largest;
  }

  /// The cumulative distribution function of the standard normal law, by Simpson's rule to 1e-9.
  static double normal(double x) {
    int steps = 400;
    double end = Math.clamp(x, -8, 8);
    double width = end / steps;
    double sum = density(0) + density(end);
    for (int i = 1; i < steps; i++) {
      sum += density(i * width) * (i % 2 == 0 ? 2 : 4);
    }
    return 0.5 + sum * width / 3;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /// The value below which a share of the values lies.
  ///
  /// @param ascending not empty
  static long quantile(long[] ascending, double share) {
    int index = (int) Math.ceil(share * ascending.length) - 1;
    return ascending[Math.clamp(index, 0, ascending.length - 1)];
  }

  /// The correlation of each value with the next.
  static double lagged(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double products =
        IntStream.range(1, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i - 1] - mean))
            .sum();
    return products / (values.length * TableLaw.variance(values));
  }
}
