// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import java.time.Duration;
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

  /// A latency: `50.06 ms`.
  public static String latency(Duration duration) {
    return String.format(Locale.ROOT, "%.2f ms", duration.toNanos() / 1e6);
  }

  /// A span of time in seconds, with tenths below ten: `9.5 s`, `25 s`.
  public static String seconds(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    return String.format(Locale.ROOT, seconds < 9.95 ? "%.1f s" : "%.0f s", seconds);
  }
}
