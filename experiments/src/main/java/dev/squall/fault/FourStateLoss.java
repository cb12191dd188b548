// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.util.List;

/// Packets vanish in bursts: a chain of four states steps once for each packet, which then passes
/// in states 1 and 2 and is lost in states 3 and 4. States 2 and 3 are a burst, in which packets
/// may pass; state 4 is a single loss outside of one. Parameters and defaults are those of `loss
/// state` in tc-netem(8), after Salsano and others: "Definition of a general and intuitive loss
/// model for packet networks and its implementation in the Netem module in the Linux kernel", 2012.
///
/// @param p13 from a gap into a burst, above 0%
/// @param p31 from a loss in a burst back to a gap, above 0%
/// @param p32 from a loss in a burst to a packet that passes
/// @param p23 from there to a loss again
/// @param p14 a single loss in a gap
public record FourStateLoss(
    Percentage p13, Percentage p31, Percentage p32, Percentage p23, Percentage p14)
    implements Fault {

  /// What the parameters look like, as a regular expression.
  public static final String SYNTAX = PercentageList.syntax(2, 5);

  private static final String FORM =
      "P13,P31[,P32[,P23[,P14]]], as in 1%,25% or 1%,25%,10%,50%,0.1%";

  public FourStateLoss {
    p13.requirePositive("P13");
    p31.requirePositive("P31");
    p13.plus(p14, "P13 and P14");
    p31.plus(p32, "P31 and P32");
  }

  /// Reads `1%,25%` and up to five percentages.
  public static FourStateLoss parse(String text) {
    List<Percentage> values = PercentageList.parse(text, 2, 5, FORM);
    return new FourStateLoss(
        values.get(0),
        values.get(1),
        values.size() > 2 ? values.get(2) : Percentage.NONE,
        values.size() > 3 ? values.get(3) : Percentage.ALL,
        values.size() > 4 ? values.get(4) : Percentage.NONE);
  }

  /// The text that [#parse] reads, without what is the default.
  public String parameters() {
    return PercentageList.format(
        List.of(p13, p31, p32, p23, p14),
        List.of(Percentage.NONE, Percentage.ALL, Percentage.NONE));
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "loss-state";
  }

  @Override
  public String describe() {
    return name() + " " + parameters();
  }
}
