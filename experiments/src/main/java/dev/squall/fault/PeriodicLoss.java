// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;

/// Every n-th packet vanishes: packets n, 2n and so on.
///
/// @param every n, from 1, which loses all, to [#LARGEST]
public record PeriodicLoss(int every) implements Fault {
  public static final int LARGEST = 1_000_000_000;

  public PeriodicLoss {
    if (every < 1 || every > LARGEST) {
      throw new IllegalArgumentException(
          "%d: write a whole number from 1 to %d, as in 100 for every hundredth packet"
              .formatted(every, LARGEST));
    }
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "loss-every";
  }

  @Override
  public String describe() {
    return name() + " " + every;
  }
}
