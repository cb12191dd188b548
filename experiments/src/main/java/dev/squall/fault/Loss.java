// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;

/// Packets vanish, each one independently of the others with the same probability.
///
/// On egress the sender is told that the packet was sent, as on a real wire, so TCP sees loss and
/// not local congestion.
public record Loss(Percentage probability) implements Fault {

  public Loss {
    probability.requirePositive("the share of lost packets");
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
    return name() + " " + probability;
  }
}
