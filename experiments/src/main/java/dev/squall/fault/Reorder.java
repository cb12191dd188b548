// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.time.Duration;

/// Packets are held for a moment, so that those behind them arrive first. None is lost.
///
/// @param gap at least so many packets from one that is held to the next, from 1 to [#LARGEST_GAP]
public record Reorder(Percentage probability, int gap) implements Fault, ByShare {
  /// How long a packet is held: longer than a burst of packets takes, shorter than TCP's timers.
  public static final Duration HOLD = Duration.ofMillis(10);

  public static final int LARGEST_GAP = 1_000_000_000;

  public Reorder {
    probability.requirePositive("the share of reordered packets");
    if (gap < 1 || gap > LARGEST_GAP) {
      throw new IllegalArgumentException(
          "gap %d: write a whole number from 1 to %d, as in 5".formatted(gap, LARGEST_GAP));
    }
  }

  @Override
  public Reorder withShare(Percentage share) {
    return new Reorder(share, gap);
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "reorder";
  }

  @Override
  public String describe() {
    return name() + " " + probability + (gap > 1 ? " gap " + gap : "");
  }
}
