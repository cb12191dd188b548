// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.policy;

import dev.squall.operator.api.v1alpha1.SquallPolicySpec.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Times of the week.
final class Windows {
  private static final String MIDNIGHT = "24:00";

  private Windows() {}

  /// Whether one of the windows is open; none at all means always.
  static boolean contain(List<Window> windows, Instant now) {
    return windows.isEmpty() || windows.stream().anyMatch(window -> contains(window, now));
  }

  /// `Mon, Tue 09:00 to 17:00 Europe/Berlin`.
  static String describe(List<Window> windows) {
    return windows.stream().map(Windows::describe).collect(Collectors.joining(" or "));
  }

  private static String describe(Window window) {
    String days = window.days().isEmpty() ? "every day" : "on " + String.join(", ", window.days());
    return "%s from %s to %s (%s)".formatted(days, window.from(), window.to(), window.timeZone());
  }

  /// A window that ends on the next day may have begun today or yesterday.
  private static boolean contains(Window window, Instant now) {
    LocalDateTime local = LocalDateTime.ofInstant(now, ZoneId.of(window.timeZone()));
    return contains(window, local, 0) || contains(window, local, 1);
  }

  private static boolean contains(Window window, LocalDateTime now, int daysAgo) {
    LocalDateTime begin =
        now.toLocalDate().minusDays(daysAgo).atTime(LocalTime.parse(window.from()));
    LocalDateTime end =
        window.to().equals(MIDNIGHT)
            ? begin.toLocalDate().plusDays(1).atStartOfDay()
            : begin.toLocalDate().atTime(LocalTime.parse(window.to()));
    LocalDateTime close = end.isAfter(begin) ? end : end.plusDays(1);
    return isOn(window, begin.getDayOfWeek()) && !now.isBefore(begin) && now.isBefore(close);
  }

  private static boolean isOn(Window window, DayOfWeek day) {
    return window.days().isEmpty()
        || window.days().contains(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
  }
}
