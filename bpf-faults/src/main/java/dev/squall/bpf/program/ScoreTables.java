// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.fault.NamedDistribution;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Draws of 32 bits and normal scores, each from the other, as the kernel looks them up: values at
/// the borders of equal steps, linear in between.
final class ScoreTables {
  private static final double DRAWS = 1L << 32;
  private static final double ZERO = 1L << 31;
  private static final double UNIT = 1L << FaultAbi.SCORE_BITS;

  private ScoreTables() {}

  static long[] scoresOfDraws() {
    return Arrays.stream(Spread.of(NamedDistribution.NORMAL).borders())
        .mapToLong(score -> Math.round(ZERO + score * UNIT))
        .toArray();
  }

  static long[] drawsOfScores() {
    return IntStream.rangeClosed(0, FaultAbi.QUANTILES)
        .mapToDouble(step -> DRAWS * step / FaultAbi.QUANTILES - ZERO)
        .mapToLong(score -> Math.round(StandardNormal.below(score / UNIT) * DRAWS))
        .map(draw -> Math.clamp(draw, 0, (long) DRAWS - 1))
        .toArray();
  }
}
