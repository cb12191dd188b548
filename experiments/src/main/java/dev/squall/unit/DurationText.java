// SPDX-License-Identifier: Apache-2.0
package dev.squall.unit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `50ms`, `1.5s`, `200us`, `2m`, `1h30m`.
public final class DurationText {

  /// What a duration looks like, as a regular expression: each unit at most once, from the largest
  /// to the smallest.
  public static final String SYNTAX =
      "(?=.)" + part("h") + part("m") + part("s") + part("ms") + part("[uµμ]s") + part("ns");

  private static final Pattern PATTERN = Pattern.compile(SYNTAX);

  /// The nanoseconds in the units, in the order of the groups of [#SYNTAX].
  private static final long[] NANOS = {
    3_600_000_000_000L, 60_000_000_000L, 1_000_000_000, 1_000_000, 1_000, 1
  };

  private static final String[] UNITS = {"h", "m", "s", "ms", "us", "ns"};

  private static final int SECONDS = 2;

  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private DurationText() {}

  /// Reads a duration of zero or more; the nanoseconds fit a long.
  public static Duration parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          text
              + ": a duration is a number with its unit (h, m, s, ms, us, ns), as in 30s or 1h30m");
    }
    BigDecimal nanos = BigDecimal.ZERO;
    for (int i = 0; i < NANOS.length; i++) {
      String number = matcher.group(i + 1);
      if (number != null) {
        nanos = nanos.add(new BigDecimal(number).multiply(BigDecimal.valueOf(NANOS[i])));
      }
    }
    return ofNanos(text, nanos);
  }

  /// Writes a duration of zero or more so that [#parse] reads the same: `50ms`, `1.5s`, `90s`,
  /// `1h30m`. Minutes are counted from two on.
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(duration + ": a negative duration cannot be written");
    }
    boolean seconds = duration.compareTo(TWO_MINUTES) < 0;
    Duration rest = seconds ? duration : duration.minusMinutes(duration.toMinutes());
    StringBuilder text = new StringBuilder();
    if (!seconds) {
      append(text, duration.toHours(), "h");
      append(text, duration.toMinutesPart(), "m");
    }
    if (!rest.isZero()) {
      text.append(inOneUnit(rest.toNanos()));
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static String part(String unit) {
    return "(?:(" + Quantity.NUMBER + ")" + unit + ")?";
  }

  private static Duration ofNanos(String text, BigDecimal nanos) {
    boolean whole = nanos.stripTrailingZeros().scale() <= 0;
    if (!whole || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          text + ": a duration is a whole number of nanoseconds, and at most 292 years");
    }
    return Duration.ofNanos(nanos.longValueExact());
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }

  private static String inOneUnit(long nanos) {
    int unit = SECONDS;
    while (nanos < NANOS[unit]) {
      unit++;
    }
    BigDecimal number = BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(NANOS[unit]));
    return Quantity.text(number) + UNITS[unit];
  }
}
