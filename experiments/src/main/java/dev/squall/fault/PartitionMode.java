// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.util.Locale;

/// What the sender learns of a packet that does not get through.
public enum PartitionMode {
  /// Nothing.
  DROP,
  /// TCP receives an RST, anything else ICMP port unreachable; at most 1,000 answers a second.
  REJECT;

  /// The word that people write: `drop`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
