// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.util.Locale;

/// How the delays of single packets are spread around the latency.
public enum Distribution {
  UNIFORM,
  NORMAL;

  /// The word that people write: `uniform`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
