// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;

/// Nothing gets through.
public record Partition(PartitionMode mode) implements Fault {

  @Override
  public Direction defaultDirection() {
    return Direction.BOTH;
  }

  @Override
  public String name() {
    return "partition";
  }

  @Override
  public String describe() {
    return name() + " " + mode;
  }
}
