// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The times of a cron expression. A time that the clocks leave out in spring does not come; one
/// that they show twice in autumn comes twice.
///
/// @param time seconds, minutes, hours
/// @param date days of the month, months, days of the week with 0 for Sunday; where both kinds of
///   days are restricted, either is enough
record CronTimes(List<CronField> time, List<CronField> date, ZoneId zone) implements Recurrence {
  private static final int YEARS = 5;

  /// Reads five fields, or six with seconds first.
  static CronTimes parse(String text, ZoneId zone) {
    List<String> words = List.of(text.strip().split("\\s+", -1));
    if (words.size() < 5 || words.size() > 6) {
      throw new IllegalArgumentException(
          ("schedule \"%s\": there are five fields (minute, hour, day, month, day of the week), or"
                  + " six with seconds before them")
              .formatted(text));
    }
    boolean seconds = words.size() == 6;
    List<String> rest = seconds ? words.subList(1, 6) : words;
    return new CronTimes(
        List.of(
            CronField.Kind.SECOND.parse(seconds ? words.getFirst() : "0"),
            CronField.Kind.MINUTE.parse(rest.get(0)),
            CronField.Kind.HOUR.parse(rest.get(1))),
        List.of(
            CronField.Kind.DAY.parse(rest.get(2)),
            CronField.Kind.MONTH.parse(rest.get(3)),
            CronField.Kind.DAY_OF_WEEK.parse(rest.get(4))),
        zone);
  }

  /// Goes from one change of the clocks to the next: in between they run evenly.
  @Override
  public @Nullable Instant next(Instant after) {
    Instant from = Instant.ofEpochSecond(after.getEpochSecond() + 1);
    LocalDate last = from.atZone(zone).toLocalDate().plusYears(YEARS);
    while (!from.atZone(zone).toLocalDate().isAfter(last)) {
      ZoneOffset offset = zone.getRules().getOffset(from);
      ZoneOffsetTransition change = zone.getRules().nextTransition(from);
      LocalDateTime found = nextLocal(LocalDateTime.ofInstant(from, offset), last);
      if (found == null && change == null) {
        return null;
      }
      if (found != null
          && (change == null || found.toInstant(offset).isBefore(change.getInstant()))) {
        return found.toInstant(offset);
      }
      from = change.getInstant();
    }
    return null;
  }

  /// Halves the time in which it lies until one second is left.
  @Override
  public @Nullable Instant latest(Instant last, Instant now) {
    if (!comesBetween(last, now)) {
      return null;
    }
    long before = last.getEpochSecond();
    long end = now.getEpochSecond();
    while (end - before > 1) {
      long middle = (before + end) >>> 1;
      if (comesBetween(Instant.ofEpochSecond(middle), now)) {
        before = middle;
      } else {
        end = middle;
      }
    }
    return next(Instant.ofEpochSecond(before));
  }

  private boolean comesBetween(Instant after, Instant until) {
    Instant next = next(after);
    return next != null && !next.isAfter(until);
  }

  private @Nullable LocalDateTime nextLocal(LocalDateTime from, LocalDate last) {
    LocalTime earliest = from.toLocalTime();
    for (LocalDate day = from.toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
      LocalTime found = fits(day) ? nextTime(earliest) : null;
      if (found != null) {
        return day.atTime(found);
      }
      earliest = LocalTime.MIDNIGHT;
    }
    return null;
  }

  private boolean fits(LocalDate day) {
    CronField days = date.get(0);
    CronField weekdays = date.get(2);
    boolean byDay = days.has(day.getDayOfMonth());
    boolean byWeekday = weekdays.has(day.getDayOfWeek().getValue() % DayOfWeek.values().length);
    boolean either = !days.any() && !weekdays.any();
    return date.get(1).has(day.getMonthValue())
        && (either ? byDay || byWeekday : byDay && byWeekday);
  }

  private @Nullable LocalTime nextTime(LocalTime earliest) {
    for (int hour = time.get(2).from(earliest.getHour()); hour >= 0; hour = hourAfter(hour)) {
      boolean sameHour = hour == earliest.getHour();
      LocalTime found = nextTime(hour, sameHour ? earliest.withHour(0) : LocalTime.MIDNIGHT);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private int hourAfter(int hour) {
    return time.get(2).from(hour + 1);
  }

  /// @param earliest in the hour
  private @Nullable LocalTime nextTime(int hour, LocalTime earliest) {
    int minute = time.get(1).from(earliest.getMinute());
    int second = time.get(0).from(minute == earliest.getMinute() ? earliest.getSecond() : 0);
    if (minute >= 0 && second < 0) {
      minute = time.get(1).from(minute + 1);
      second = time.get(0).from(0);
    }
    return minute < 0 ? null : LocalTime.of(hour, minute, second);
  }
}
