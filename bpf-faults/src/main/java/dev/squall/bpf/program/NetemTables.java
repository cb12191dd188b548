// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// The tables that iproute2 brings for netem, computed by the formulas of its generators (`netem/`
/// in its sources): 4,096 quantiles each, with 8192 for 1. They end at 4, so that their standard
/// deviation is below 1.
final class NetemTables {
  private static final int SIZE = 4096;
  private static final double ONE = 8192;

  private NetemTables() {}

  /// Pareto's law with shape 3 from 1 on: moved to mean 0 by 1.5, and stretched by 4/3.
  static List<Short> pareto() {
    return table(share -> paretoValue(share));
  }

  /// A quarter of the normal quantile, which is taken an eighth of a step further on, and three
  /// quarters of Pareto's.
  static List<Short> paretonormal() {
    double eighth = 0.125 / SIZE;
    return table(
        share -> {
          double normal = Math.rint(ONE * StandardNormal.quantile(share + eighth));
          return (int) ((normal + 3 * paretoValue(share)) / 4);
        });
  }

  private static double paretoValue(double share) {
    double value = Math.rint(ONE * (4 / 3.0) * (1 / Math.cbrt(1 - share) - 1.5));
    return Math.min(value, Short.MAX_VALUE);
  }

  private static List<Short> table(DoubleUnaryOperator quantile) {
    List<Short> values = new ArrayList<>(SIZE);
    for (int i = 0; i < SIZE; i++) {
      values.add((short) quantile.applyAsDouble((double) i / SIZE));
    }
    return values;
  }
}
