// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.util.List;

/// Packets vanish in bursts: a chain of two states, good and bad, steps once for each packet and
/// has a loss of its own in each. The model is Gilbert's, extended by Elliott (Bell System
/// Technical Journal 39, 1960, and 42, 1963); parameters and defaults are those of `loss gemodel`
/// in tc-netem(8).
///
/// In the long run the chain is bad for p / (p + r) of the packets, and a stay there is 1 / r
/// packets long on average.
///
/// @param toBad p: from good to bad, above 0%
/// @param toGood r: from bad to good, above 0%
/// @param lossInBad 1-h
/// @param lossInGood 1-k
public record GilbertElliottLoss(
    Percentage toBad, Percentage toGood, Percentage lossInBad, Percentage lossInGood)
    implements Fault {

  /// What the parameters look like, as a regular expression.
  public static final String SYNTAX = PercentageList.syntax(2, 4);

  private static final String FORM = "P,R[,1-H[,1-K]], as in 1%,25% or 1%,25%,80%,0.1%";

  public GilbertElliottLoss {
    toBad.requirePositive("P, from good to bad,");
    toGood.requirePositive("R, from bad to good,");
    if (lossInBad.isZero() && lossInGood.isZero()) {
      throw new IllegalArgumentException("1-H and 1-K are both 0%, so no packet is ever lost");
    }
  }

  /// Reads `1%,25%`, `1%,25%,80%` or `1%,25%,80%,0.1%`.
  public static GilbertElliottLoss parse(String text) {
    List<Percentage> values = PercentageList.parse(text, 2, 4, FORM);
    return new GilbertElliottLoss(
        values.get(0),
        values.get(1),
        values.size() > 2 ? values.get(2) : Percentage.ALL,
        values.size() > 3 ? values.get(3) : Percentage.NONE);
  }

  /// The text that [#parse] reads, without what is the default.
  public String parameters() {
    return PercentageList.format(
        List.of(toBad, toGood, lossInBad, lossInGood), List.of(Percentage.ALL, Percentage.NONE));
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "loss-gemodel";
  }

  @Override
  public String describe() {
    return name() + " " + parameters();
  }
}
