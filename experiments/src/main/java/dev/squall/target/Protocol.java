// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.util.Locale;

/// What a packet carries.
public enum Protocol {
  TCP,
  UDP,
  /// Echo and error messages of IPv4 and IPv6, never neighbour discovery.
  ICMP;

  /// The word that people write: `tcp`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
