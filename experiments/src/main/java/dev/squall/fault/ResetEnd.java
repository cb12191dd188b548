// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.util.Locale;

/// Who learns that a connection was reset, seen from the packet that is hit.
public enum ResetEnd {
  /// The one that sent the packet.
  SENDER,
  /// The one that the packet goes to.
  RECEIVER,
  BOTH;

  /// The word that people write: `sender`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
