// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// How much the decision about a packet is like the one about the packet before.
///
/// With a share p and a correlation c, a packet is hit with probability p (1 - c) when the one
/// before was not hit, and p + c (1 - p) when it was: a chain of two states. In the long run a
/// share p is hit, in bursts of 1 / ((1 - p)(1 - c)) packets on average. netem has the same word
/// for something else, which does not keep the share.
final class Correlation {
  private Correlation() {}

  /// Refuses what is no correlation: it is above 0% and below 100%, and the share is constant.
  static void requireFits(@Nullable Percentage correlation, @Nullable Ramp ramp) {
    if (correlation == null) {
      return;
    }
    if (correlation.isZero() || correlation.equals(Percentage.ALL)) {
      throw new IllegalArgumentException(
          correlation + ": a correlation is above 0% and below 100%, or there is none");
    }
    if (ramp != null) {
      throw new IllegalArgumentException(
          "correlation %s: a share with a ramp has none: leave out one of both"
              .formatted(correlation));
    }
  }

  static String text(@Nullable Percentage correlation) {
    return correlation == null ? "" : " correlation " + correlation;
  }
}
