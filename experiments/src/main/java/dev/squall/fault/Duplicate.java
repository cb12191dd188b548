// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;

/// Packets arrive twice: a copy goes before the packet itself.
public record Duplicate(Percentage probability) implements Fault {

  public Duplicate {
    probability.requirePositive("the share of duplicated packets");
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
    return name() + " " + probability;
  }
}
