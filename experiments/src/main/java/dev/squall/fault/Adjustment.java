// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.unit.Percentage;

/// Another share for the faults of one kind of a run.
///
/// @param kind the kind of a [ByShare]
/// @param share above 0%
public record Adjustment(Kind kind, Percentage share) {
  public Adjustment {
    share.requirePositive("a share");
  }

  /// What can be adjusted.
  public enum Kind {
    LOSS,
    DUPLICATE,
    CORRUPT,
    REORDER,
    RESET;

    /// The name of the fault.
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return kind + " " + share;
  }
}
