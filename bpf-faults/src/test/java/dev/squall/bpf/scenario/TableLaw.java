// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.time.Duration;
import java.util.Arrays;

/// The law of delays by a table, worked out without the code under test: so many delays that are
/// equally likely.
///
/// @param delays in milliseconds, ascending
record TableLaw(double[] delays) {

  /// A table that is stretched so that its standard deviation is the amount, with its 0 at the
  /// latency.
  static TableLaw of(double[] table, Duration latency, Duration amount) {
    double unit = Math.sqrt(variance(table));
    return new TableLaw(
        Arrays.stream(table)
            .map(value -> (latency.toNanos() + amount.toNanos() * value / unit) / 1e6)
            .sorted()
            .toArray());
  }

  /// Kolmogorov and Smirnov's D, also where the law has steps.
  ///
  /// @param sample ascending
  double distance(double[] sample) {
    double largest = 0;
    for (int i = 0; i < sample.length; i++) {
      double below = upTo(sample[i], false) - (double) i / sample.length;
      double above = (double) (i + 1) / sample.length - upTo(sample[i], true);
      largest = Math.max(largest, Math.max(below, above));
    }
    return largest;
  }

  /// The share of packets whose delay is shorter, or also of those with just this delay.
  private double upTo(double delay, boolean inclusive) {
    int low = 0;
    int high = delays.length;
    while (low < high) {
      int middle = (low + high) / 2;
      boolean counts = inclusive ? delays[middle] <= delay : delays[middle] < delay;
      low = counts ? middle + 1 : low;
      high = counts ? high : middle;
    }
    return (double) low / delays.length;
  }

  /// The standard error of the standard deviation of a sample, from the fourth moment.
  double deviationError(int sample) {
    double mean = mean(delays);
    double variance = variance(delays);
    double fourth = mean(Arrays.stream(delays).map(d -> Math.pow(d - mean, 4)).toArray());
    return Math.sqrt((fourth / variance - variance) / (4 * sample));
  }

  static double variance(double[] values) {
    double mean = mean(values);
    return mean(Arrays.stream(values).map(value -> (value - mean) * (value - mean)).toArray());
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
