// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// Packets vanish, each one independently of the others with the same probability.
///
/// On egress the sender is told that the packet was sent, as on a real wire, so TCP sees loss and
/// not local congestion.
///
/// @param ramp null means the same share from the beginning on
public record Loss(Percentage probability, @Nullable Ramp ramp) implements Fault, ByShare {

  public Loss {
    probability.requirePositive("the share of lost packets");
    Ramp.requireEnd(ramp, probability);
  }

  /// Always the same share.
  public Loss(Percentage probability) {
    this(probability, null);
  }

  @Override
  public Loss withShare(Percentage share) {
    return new Loss(share);
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "loss";
  }

  @Override
  public String describe() {
    return name() + " " + Ramp.text(ramp, probability);
  }
}
