// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import java.util.Locale;

/// How a verb answers.
public enum OutputFormat {
  /// For people.
  TEXT,
  /// For programs: one JSON object per line.
  JSON;

  /// The word that people write: `json`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
