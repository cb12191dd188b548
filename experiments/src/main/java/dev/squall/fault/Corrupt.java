// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;

/// One bit of a packet's payload is flipped; headers stay as they are.
public record Corrupt(Percentage probability, CorruptMode mode) implements Fault {

  public Corrupt {
    probability.requirePositive("the share of corrupted packets");
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "corrupt";
  }

  @Override
  public String describe() {
    return "%s %s %s".formatted(name(), probability, mode);
  }
}
