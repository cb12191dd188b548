// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// Packets arrive twice: a copy goes before the packet itself.
///
/// @param ramp null means the same share from the beginning on
/// @param correlation null means that each packet is decided on for itself, see [Correlation]
public record Duplicate(
    Percentage probability, @Nullable Ramp ramp, @Nullable Percentage correlation)
    implements Fault, ByShare {

  public Duplicate {
    probability.requirePositive("the share of duplicated packets");
    Ramp.requireEnd(ramp, probability);
    Correlation.requireFits(correlation, ramp);
  }

  /// Each packet decided on for itself.
  public Duplicate(Percentage probability, @Nullable Ramp ramp) {
    this(probability, ramp, null);
  }

  /// Always the same share.
  public Duplicate(Percentage probability) {
    this(probability, null, null);
  }

  @Override
  public Duplicate withShare(Percentage share) {
    return new Duplicate(share);
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "duplicate";
  }

  @Override
  public String describe() {
    return name() + " " + Ramp.text(ramp, probability) + Correlation.text(correlation);
  }
}
