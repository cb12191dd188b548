// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;

/// TCP connections are reset: a packet that is hit vanishes, and the chosen ends receive an RST
/// that they accept. A connection attempt that is hit is refused. Only TCP is ever hit.
///
/// @param probability per packet or per flow, as the traffic filter's selection says
public record Reset(Percentage probability, ResetEnd end) implements Fault {

  public Reset {
    probability.requirePositive("the share that is reset");
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
    return name() + " " + probability + " at " + where;
  }
}
