// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// Packets arrive twice: a copy goes before the packet itself.
///
/// @param ramp null means the same share from the beginning on
public record Duplicate(Percentage probability, @Nullable Ramp ramp) implements Fault, ByShare {

  public Duplicate {
    probability.requirePositive("the share of duplicated packets");
    Ramp.requireEnd(ramp, probability);
  }

  /// Always the same share.
  public Duplicate(Percentage probability) {
    this(probability, null);
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
    return name() + " " + Ramp.text(ramp, probability);
  }
}
