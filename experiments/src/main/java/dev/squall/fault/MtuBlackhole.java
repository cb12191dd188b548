// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;

/// Large packets vanish, and nobody is told: no ICMP says that they were too big. So does a tunnel
/// on the way behind a firewall that drops ICMP (RFC 2923, 2.1).
///
/// @param mtu bytes of the largest IP packet that passes, headers included: from [#SMALLEST] to
///   [#LARGEST]
public record MtuBlackhole(int mtu) implements Fault {
  /// What every IPv4 link carries (RFC 791, 3.2).
  public static final int SMALLEST = 68;

  public static final int LARGEST = 65_535;

  public MtuBlackhole {
    if (mtu < SMALLEST || mtu > LARGEST) {
      throw new IllegalArgumentException(
          "%d: an MTU is a number of bytes from %d to %d, as in 1400"
              .formatted(mtu, SMALLEST, LARGEST));
    }
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "mtu-blackhole";
  }

  @Override
  public String describe() {
    return name() + " " + mtu;
  }
}
