// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What to say of a key that nobody knows.
final class UnknownKey {

  private UnknownKey() {}

  /// Suggests the nearest known key, and names all of them when none is near.
  static String message(String key, List<String> known) {
    String nearest =
        known.stream()
            .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
            .orElseThrow();
    boolean near =
        distance(key, nearest) <= Math.max(1, Math.max(key.length(), nearest.length()) / 2);
    return near
        ? "%s: this key is unknown, did you mean %s?".formatted(key, nearest)
        : "%s: this key is unknown, known here: %s".formatted(key, String.join(", ", known));
  }

  /// The fewest letters to add, drop, replace or swap with a neighbour ("optimal string
  /// alignment"), in any case of letters.
  static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = cost(a, b, i, j, cost);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cost(String a, String b, int i, int j, int[][] cost) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
