// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.squall.bpf.abi.FaultAbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTablesTest {
  /// As tables of the normal distribution have them.
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.8413447460685429",
    "-1.959963984540054, 0.025",
    "3, 0.9986501019683699",
    "-5, 2.866515718791939e-7"
  })
  void theDistributionFunctionIsThatOfTheNormalDistribution(double score, double share) {
    assertThat(StandardNormal.below(score)).isCloseTo(share, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.02, 0.25, 0.5, 0.8, 0.9999})
  void aDrawComesBackFromItsScore(double share) {
    long draw = (long) (share * (1L << 32));
    long score = between(ScoreTables.scoresOfDraws(), draw);
    assertThat(between(ScoreTables.drawsOfScores(), score) / (double) (1L << 32))
        .isCloseTo(share, within(1e-4));
  }

  /// As the kernel reads a table.
  private static long between(long[] table, long at) {
    int step = (int) ((at * FaultAbi.QUANTILES) >> 32);
    double part = at * (double) FaultAbi.QUANTILES / (1L << 32) - step;
    return table[step] + Math.round((table[step + 1] - table[step]) * part);
  }
}
