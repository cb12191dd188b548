// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import dev.squall.unit.DurationText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// How figures are written for people: thousands apart, few digits, a unit beside each.
public final class Figures {
  private static final long KIB = 1024;

  private Figures() {}

  /// `1234567` as `1,234,567`.
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// A share of one as a percentage: `0.052` as `5.20 %`.
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }

  /// Bytes in the largest binary unit that leaves at least one: `1.5 KiB`.
  public static String bytes(long bytes) {
    if (bytes < KIB) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    for (; value >= KIB && unit < 3; unit++) {
      value /= KIB;
    }
    return String.format(Locale.ROOT, "%.1f %ciB", value, "KMGT".charAt(unit));
  }

  /// A duration as milliseconds with three decimals.
  public static double milliseconds(Duration duration) {
    return Math.round(duration.toNanos() / 1e3) / 1e3;
  }

  /// A latency: `50.06 ms`, `1.24 s`.
  public static String latency(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) >= 0) {
      return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }
    return String.format(Locale.ROOT, "%.2f ms", duration.toNanos() / 1e6);
  }

  /// What is left of a run: tenths of a second below ten, whole ones above: `9.5s`, `41m40s`.
  public static String remaining(Duration duration) {
    long tenths = duration.toMillis() / 100;
    return DurationText.format(
        tenths < 100 ? Duration.ofMillis(tenths * 100) : duration.truncatedTo(ChronoUnit.SECONDS));
  }
}
