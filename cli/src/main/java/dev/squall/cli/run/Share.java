// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.Figures;
import dev.squall.fault.ConfidenceInterval;
import dev.squall.fault.PacketCount;
import dev.squall.fault.RuleReport;

/// The share of packets that were hit, and the range in which the true probability lies.
///
/// The range is Wilson's interval of 95 %; both ends are 0 to 1.
record Share(double value, ConfidenceInterval interval) {
  private static final double Z_95 = 1.959964;

  /// The share of a rule that has matched something.
  static Share of(RuleReport rule) {
    PacketCount matched = rule.counters().matched();
    PacketCount hit = rule.counters().hit();
    return new Share(
        (double) hit.packets() / matched.packets(),
        ConfidenceInterval.wilson(hit.packets(), matched.packets(), Z_95));
  }

  /// `5.20 % (3.98 to 6.75)`.
  @Override
  public String toString() {
    String low = Figures.percent(interval.low());
    String high = Figures.percent(interval.high());
    return "%s (%s to %s)".formatted(Figures.percent(value), bare(low), bare(high));
  }

  private static String bare(String percent) {
    return percent.substring(0, percent.length() - 2);
  }
}
