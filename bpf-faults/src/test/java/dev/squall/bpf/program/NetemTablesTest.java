// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.squall.bpf.NetemFiles;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetemTablesTest {
  @Test
  void paretoIsTheTableThatIproute2Brings() {
    assertEqualValues(NetemTables.pareto(), NetemFiles.values("pareto"), within(0.0));
  }

  @Test
  void paretonormalIsTheTableThatIproute2BringsButForRounding() {
    assertEqualValues(NetemTables.paretonormal(), NetemFiles.values("paretonormal"), within(1.0));
  }

  /// What makes it necessary to stretch a table.
  @ParameterizedTest
  @CsvSource({"normal, 1.000", "pareto, 0.820", "paretonormal, 0.834", "experimental, 0.879"})
  void netemStraysByLessThanItIsAskedFor(String distribution, double share) {
    double[] values = NetemFiles.values(distribution);
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();

    assertThat(Math.sqrt(variance) / 8192).isEqualTo(share, within(0.001));
  }

  private static void assertEqualValues(List<Short> own, double[] theirs, Offset<Double> offset) {
    assertThat(own).hasSize(theirs.length);
    for (int i = 0; i < theirs.length; i++) {
      assertThat(own.get(i).doubleValue()).as("value %d", i).isEqualTo(theirs[i], offset);
    }
  }
}
