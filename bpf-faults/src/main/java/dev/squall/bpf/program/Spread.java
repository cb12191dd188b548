// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.fault.Distribution;
import dev.squall.fault.DistributionTable;
import dev.squall.fault.NamedDistribution;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// How far delays stray from the latency, where 1 is the jitter.
///
/// The law is cut into [#PARTS] that are equally likely, each known by its middle or its mean. In
/// whichever way a deviation is then drawn, the standard deviation of what is drawn is 1; but to
/// uniform jitter 1 is the largest deviation.
final class Spread {
  /// As the kernel has steps of a law.
  private static final int PARTS = FaultAbi.QUANTILES;

  private final double[] parts;
  private final boolean standardised;

  /// @param parts ascending
  private Spread(double[] parts, boolean standardised) {
    this.parts = parts;
    this.standardised = standardised;
  }

  static Spread of(Distribution distribution) {
    return switch (distribution) {
      case NamedDistribution.UNIFORM -> new Spread(midpoints(share -> 2 * share - 1), false);
      case NamedDistribution.NORMAL -> new Spread(midpoints(StandardNormal::quantile), true);
      case NamedDistribution.PARETO -> of(NetemTables.pareto());
      case NamedDistribution.PARETONORMAL -> of(NetemTables.paretonormal());
      case DistributionTable table -> of(table.values());
    };
  }

  private static Spread of(List<Short> ascending) {
    return new Spread(
        means(ascending.stream().mapToDouble(Short::doubleValue).toArray(), PARTS), true);
  }

  /// Equally likely deviations, ascending.
  ///
  /// @param count divides [#PARTS]
  double[] steps(int count) {
    double[] steps = means(parts, count);
    double mean = Arrays.stream(steps).average().orElseThrow();
    double squares = Arrays.stream(steps).map(step -> step * step).average().orElseThrow();
    return scaled(steps, squares - mean * mean);
  }

  /// The borders of [#PARTS] equally likely steps inside of which any deviation is equally likely,
  /// ascending: one more than steps. No deviation goes beyond the outermost of a table.
  double[] borders() {
    double[] borders = new double[PARTS + 1];
    borders[0] = parts[0];
    borders[PARTS] = parts[PARTS - 1];
    for (int i = 1; i < PARTS; i++) {
      borders[i] = (parts[i - 1] + parts[i]) / 2;
    }
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < PARTS; i++) {
      double low = borders[i];
      double high = borders[i + 1];
      sum += (low + high) / 2;
      squares += (low * low + low * high + high * high) / 3;
    }
    double mean = sum / PARTS;
    return scaled(borders, squares / PARTS - mean * mean);
  }

  private double[] scaled(double[] deviations, double variance) {
    double unit = standardised ? Math.sqrt(variance) : 1;
    return Arrays.stream(deviations).map(deviation -> deviation / unit).toArray();
  }

  private static double[] midpoints(DoubleUnaryOperator quantile) {
    double[] values = new double[PARTS];
    for (int i = 0; i < PARTS; i++) {
      values[i] = quantile.applyAsDouble((i + 0.5) / PARTS);
    }
    return values;
  }

  /// Values that are equally likely, dealt out to so many parts of equal size, of each the mean. A
  /// value on the border of two parts counts in both, as far as it reaches into them.
  private static double[] means(double[] values, int count) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    double[] means = new double[count];
    double size = (double) values.length / count;
    for (int i = 0; i < count; i++) {
      means[i] = (sumTo(sums, (i + 1) * size) - sumTo(sums, i * size)) / size;
    }
    return means;
  }

  private static double sumTo(double[] sums, double end) {
    int whole = (int) end;
    double rest = end - whole;
    return rest == 0 ? sums[whole] : sums[whole] + rest * (sums[whole + 1] - sums[whole]);
  }
}
