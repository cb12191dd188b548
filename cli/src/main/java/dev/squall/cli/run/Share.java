// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.Figures;
import dev.squall.fault.ConfidenceInterval;
import dev.squall.fault.Corrupt;
import dev.squall.fault.Delay;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Loss;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.PacketCount;
import dev.squall.fault.Partition;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
import dev.squall.fault.Reset;
import dev.squall.fault.RuleReport;
import dev.squall.target.Selection;
import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// The share of the matched packets that were hit, from 0 to 1.
///
/// `interval` is where the true probability lies (Wilson, 95 %). It is null where the share says
/// nothing about a probability: the fault is certain, or flows are decided and not packets.
record Share(double value, @Nullable ConfidenceInterval interval) {
  private static final double Z_95 = 1.959964;

  /// The share of a rule that has matched something.
  static Share of(RuleReport rule, Selection selection) {
    PacketCount matched = rule.counters().matched();
    PacketCount hit = rule.counters().hit();
    boolean drawn = selection != Selection.FLOW && isByChance(rule.fault());
    return new Share(
        (double) hit.packets() / matched.packets(),
        drawn ? ConfidenceInterval.wilson(hit.packets(), matched.packets(), Z_95) : null);
  }

  /// `5.20 % (3.98 to 6.75)`.
  @Override
  public String toString() {
    String share = Figures.percent(value);
    return interval == null
        ? share
        : "%s (%s to %s)".formatted(share, bare(interval.low()), bare(interval.high()));
  }

  private static boolean isByChance(Fault fault) {
    return switch (fault) {
      case Loss loss -> loss.ramp() == null && isByChance(loss.probability());
      case Duplicate duplicate ->
          duplicate.ramp() == null
              && duplicate.correlation() == null
              && isByChance(duplicate.probability());
      case Corrupt corrupt ->
          corrupt.ramp() == null
              && corrupt.correlation() == null
              && isByChance(corrupt.probability());
      case Reorder reorder -> reorder.gap() == 1 && isByChance(reorder.probability());
      case Reset reset -> reset.ramp() == null && isByChance(reset.probability());
      case Delay _, Rate _, Partition _, DnsFailure _, PeriodicLoss _, MtuBlackhole _ -> false;
      // One packet tells something about the next, so that there is no such interval.
      case GilbertElliottLoss _, FourStateLoss _ -> false;
    };
  }

  private static boolean isByChance(Percentage probability) {
    return probability.fraction() < 1;
  }

  private static String bare(double share) {
    String percent = Figures.percent(share);
    return percent.substring(0, percent.length() - 2);
  }
}
