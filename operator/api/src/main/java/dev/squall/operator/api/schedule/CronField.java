// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One field of a cron expression.
///
/// @param values those that fit
/// @param any whether it was `*` or `?`
record CronField(BitSet values, boolean any) {
  private static final Pattern RANGE =
      Pattern.compile("(?:([*?])|([0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?)(?:/([0-9]{1,4}))?");

  boolean has(int value) {
    return values.get(value);
  }

  /// The first value that fits, from another one on; -1: none.
  int from(int value) {
    return values.nextSetBit(value);
  }

  /// Which field it is.
  enum Kind {
    SECOND(0, 59, ""),
    MINUTE(0, 59, ""),
    HOUR(0, 23, ""),
    DAY(1, 31, ""),
    MONTH(1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    DAY_OF_WEEK(0, 6, "sun mon tue wed thu fri sat");

    private final int least;
    private final int most;

    /// Of the values, from the least on, with spaces between.
    private final String names;

    Kind(int least, int most, String names) {
      this.least = least;
      this.most = most;
      this.names = names;
    }

    /// Reads `*`, `5`, `1-5`, `*/10`, `MON-FRI`, and several of these with commas between.
    CronField parse(String text) {
      BitSet values = new BitSet();
      boolean any = false;
      for (String part : text.split(",", -1)) {
        Matcher range = RANGE.matcher(part);
        if (!range.matches()) {
          throw refused(text);
        }
        int step = range.group(4) == null ? 1 : Integer.parseInt(range.group(4));
        boolean all = range.group(1) != null;
        int first = all ? least : value(text, range.group(2));
        int last = all ? most : last(text, range, first);
        if (step < 1 || first > last) {
          throw refused(text);
        }
        for (int value = first; value <= last; value += step) {
          values.set(value);
        }
        any |= all && step == 1;
      }
      return new CronField(values, any);
    }

    /// With a step, one value stands for all from it on.
    private int last(String text, Matcher range, int first) {
      if (range.group(3) != null) {
        return value(text, range.group(3));
      }
      return range.group(4) == null ? first : most;
    }

    private int value(String text, String word) {
      int name = List.of(names.split(" ", -1)).indexOf(word.toLowerCase(Locale.ROOT));
      if (name >= 0) {
        return name + least;
      }
      int value = word.matches("[0-9]{1,4}") ? Integer.parseInt(word) : -1;
      if (value < least || value > most) {
        throw refused(text);
      }
      return value;
    }

    private IllegalArgumentException refused(String text) {
      return new IllegalArgumentException(
          "schedule: \"%s\" is no %s; that is from %d to %d, as *, %d, %d-%d, */2 or several with"
                  .formatted(
                      text,
                      name().toLowerCase(Locale.ROOT).replace('_', ' '),
                      least,
                      most,
                      least,
                      least,
                      most)
              + " commas between");
    }
  }
}
