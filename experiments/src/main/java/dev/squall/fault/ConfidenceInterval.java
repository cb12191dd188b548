// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

/// Where a probability lies, judged from a sample.
///
/// @param low from 0 to `high`
/// @param high from `low` to 1
public record ConfidenceInterval(double low, double high) {

  /// Wilson's score interval: Wilson, "Probable inference, the law of succession, and statistical
  /// inference", J. Am. Stat. Assoc. 22 (1927). With no trials it is all of 0 to 1.
  ///
  /// @param hits from 0 to `trials`
  /// @param z how many standard deviations wide it is to each side: 1.96 for 95 %
  public static ConfidenceInterval wilson(long hits, long trials, double z) {
    if (hits < 0 || hits > trials) {
      throw new IllegalArgumentException(
          "%d hits: there are from 0 to %d, one per trial".formatted(hits, trials));
    }
    if (trials == 0) {
      return new ConfidenceInterval(0, 1);
    }
    double n = trials;
    double share = hits / n;
    double square = z * z;
    double middle = (share + square / (2 * n)) / (1 + square / n);
    double reach = z / (1 + square / n) * Math.sqrt(share * (1 - share) / n + square / (4 * n * n));
    // The share itself is inside; only rounding could put it out.
    return new ConfidenceInterval(
        Math.clamp(middle - reach, 0, share), Math.clamp(middle + reach, share, 1));
  }

  public boolean contains(double probability) {
    return low <= probability && probability <= high;
  }
}
