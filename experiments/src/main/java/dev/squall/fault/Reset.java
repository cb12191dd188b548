// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// TCP connections are reset: a packet that is hit vanishes, and the chosen ends receive an RST
/// that they accept. A connection attempt that is hit is refused. Only TCP is ever hit.
///
/// @param probability per packet or per flow, as the traffic filter's selection says
/// @param ramp null means the same share from the beginning on
public record Reset(Percentage probability, ResetEnd end, @Nullable Ramp ramp)
    implements Fault, ByShare {

  public Reset {
    probability.requirePositive("the share that is reset");
    Ramp.requireEnd(ramp, probability);
  }

  /// Always the same share.
  public Reset(Percentage probability, ResetEnd end) {
    this(probability, end, null);
  }

  @Override
  public Reset withShare(Percentage share) {
    return new Reset(share, end);
  }

  @Override
  public Direction defaultDirection() {
    return Direction.BOTH;
  }

  @Override
  public String name() {
    return "reset";
  }

  @Override
  public String describe() {
    String where =
        switch (end) {
          case SENDER -> "sender";
          case RECEIVER -> "receiver";
          case BOTH -> "both ends";
        };
    return name() + " " + Ramp.text(ramp, probability) + " at " + where;
  }
}
