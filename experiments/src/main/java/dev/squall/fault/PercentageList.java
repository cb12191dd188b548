// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.unit.Percentage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Percentages in a row, of which the last ones may be left out where they are the default.
final class PercentageList {
  private PercentageList() {}

  static String syntax(int least, int most) {
    return "%1$s(?:, ?%1$s){%2$d,%3$d}".formatted(Percentage.SYNTAX, least - 1, most - 1);
  }

  /// @param form what would be right
  static List<Percentage> parse(String text, int least, int most, String form) {
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (parts.size() < least || parts.size() > most) {
      throw new IllegalArgumentException(
          "%s: write %d to %d percentages, %s".formatted(text, least, most, form));
    }
    return parts.stream().map(Percentage::parseWithZero).toList();
  }

  /// @param defaults of the last values
  static String format(List<Percentage> values, List<Percentage> defaults) {
    List<Percentage> written = new ArrayList<>(values);
    for (int i = defaults.size() - 1; i >= 0 && written.getLast().equals(defaults.get(i)); i--) {
      written.removeLast();
    }
    return written.stream().map(Percentage::toString).collect(Collectors.joining(","));
  }
}
