// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.util.Locale;

/// What a percentage counts.
public enum Selection {
  /// Each packet is decided for itself.
  PACKET,
  /// A flow (both ends with their ports, and the protocol) is hit or not for its whole life.
  FLOW,
  /// Each packet as the wire sees it is decided for itself: what segmentation offload has left
  /// large is split first.
  SEGMENT;

  /// The word that people write: `packet`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
