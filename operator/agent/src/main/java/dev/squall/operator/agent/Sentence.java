// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import org.jspecify.annotations.Nullable;

/// Text for a status, no longer than the API server takes it: a status that it refuses is worse
/// than a text without its end.
final class Sentence {
  /// Of a message or note in the CRD of NodeFaults.
  static final int LONGEST = 1024;

  /// Of a fault's name there.
  static final int LONGEST_NAME = 512;

  private Sentence() {}

  static @Nullable String fit(@Nullable String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  /// The same for a name by which things are told apart: two that differ only in what is left out
  /// stay two.
  static String fitName(String text) {
    if (text.length() <= LONGEST_NAME) {
      return text;
    }
    String end = "… (%08x)".formatted(text.hashCode());
    return text.substring(0, LONGEST_NAME - end.length()) + end;
  }
}
