// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.unit.Percentage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// The seeds of rules' own sequences of decisions, and the mix that `chance.h` draws with: the
/// output function of splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, 2014).
public final class DecisionKey {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final int MOST_DIGITS = 9;
  private static final double TWO_TO_32 = 4294967296.0;

  private DecisionKey() {}

  /// The key of the rule that a fault becomes: another for each target, fault and direction.
  ///
  /// @param direction EGRESS or INGRESS; for decisions per flow always EGRESS, as a flow is hit in
  ///   both directions or in none
  public static long of(long seed, int target, int fault, int direction) {
    long ordinal = ((long) target << 32) + fault * 2L + direction + 1;
    return mix(seed + ordinal * GOLDEN_GAMMA);
  }

  /// Decision n of a sequence: 32 bits, to be compared with a threshold.
  public static long draw(long key, long n) {
    return mix(key + n * GOLDEN_GAMMA) >>> 32;
  }

  /// Hit when a draw is below.
  public static long threshold(double probability) {
    return Math.round(probability * TWO_TO_32);
  }

  /// The share with the fewest digits that has this threshold.
  public static Percentage share(long threshold) {
    BigDecimal exact = new BigDecimal(threshold * 100 / TWO_TO_32);
    for (int digits = 0; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.setScale(digits, RoundingMode.HALF_EVEN);
      if (threshold(rounded.doubleValue() / 100) == threshold) {
        return new Percentage(rounded);
      }
    }
    return new Percentage(exact.setScale(MOST_DIGITS, RoundingMode.HALF_EVEN));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
