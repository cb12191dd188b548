// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.util.Locale;

/// The way that a packet goes, seen from the target.
public enum Direction {
  /// From the target to its peers.
  EGRESS,
  /// From the peers to the target.
  INGRESS,
  BOTH;

  /// Whether a fault with this direction touches packets that go the given one way.
  public boolean includes(Direction one) {
    return this == BOTH || this == one;
  }

  /// The word that people write: `egress`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
