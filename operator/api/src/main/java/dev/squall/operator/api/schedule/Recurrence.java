// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.schedule;

import dev.squall.unit.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Times that come again and again, in whole seconds.
public sealed interface Recurrence permits CronTimes, Recurrence.Every {

  /// The first time after another; null: there is none within five years.
  @Nullable Instant next(Instant after);

  /// The latest time after `last` and not after `now`; null: there is none. It takes as long
  /// however many were missed.
  @Nullable Instant latest(Instant last, Instant now);

  /// Reads five fields of cron, or six with seconds first; `@hourly` and the like; `@every 1h30m`.
  /// `TZ=Europe/Berlin` before it names a time zone. This is what robfig/cron 3 reads, which Chaos
  /// Mesh and Kubernetes use.
  ///
  /// @param zone where none is named
  /// @throws IllegalArgumentException with a sentence when it cannot be read, or when no such time
  ///   ever comes
  static Recurrence parse(String text, ZoneId zone) {
    Matcher zoned = Syntax.ZONE.matcher(text.strip());
    if (zoned.matches()) {
      return of(text, zoned.group(2), zone(text, zoned.group(1)));
    }
    return of(text, text.strip(), zone);
  }

  private static Recurrence of(String text, String times, ZoneId zone) {
    Matcher every = Syntax.EVERY.matcher(times);
    if (every.matches()) {
      return new Every(Syntax.period(text, every.group(1)));
    }
    String fields = times.startsWith("@") ? Syntax.DESCRIPTORS.get(times) : times;
    if (fields == null) {
      throw new IllegalArgumentException(
          ("schedule \"%s\": there are @yearly, @annually, @monthly, @weekly, @daily, @midnight,"
                  + " @hourly and @every 1h30m")
              .formatted(text));
    }
    CronTimes cron = CronTimes.parse(fields, zone);
    if (cron.next(Syntax.ANY_TIME) == null) {
      throw new IllegalArgumentException(
          "schedule \"%s\": there is no such day, so it would never run".formatted(text));
    }
    return cron;
  }

  private static ZoneId zone(String text, String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "schedule \"%s\": %s is no time zone; one is written as Europe/Berlin or UTC"
              .formatted(text, name),
          e);
    }
  }

  /// After each run, so long.
  ///
  /// @param period at least a second, in whole seconds
  record Every(Duration period) implements Recurrence {
    @Override
    public Instant next(Instant after) {
      return Instant.ofEpochSecond(after.getEpochSecond()).plus(period);
    }

    @Override
    public @Nullable Instant latest(Instant last, Instant now) {
      long periods = (now.getEpochSecond() - last.getEpochSecond()) / period.toSeconds();
      return periods < 1
          ? null
          : Instant.ofEpochSecond(last.getEpochSecond()).plus(period.multipliedBy(periods));
    }
  }

  /// How it is written.
  final class Syntax {
    private static final Pattern ZONE = Pattern.compile("(?:CRON_)?TZ=(\\S+)\\s+(.*)");
    private static final Pattern EVERY = Pattern.compile("@every\\s+(\\S+)");
    private static final Instant ANY_TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, String> DESCRIPTORS =
        Map.of(
            "@yearly", "0 0 0 1 1 *",
            "@annually", "0 0 0 1 1 *",
            "@monthly", "0 0 0 1 * *",
            "@weekly", "0 0 0 * * 0",
            "@daily", "0 0 0 * * *",
            "@midnight", "0 0 0 * * *",
            "@hourly", "0 0 * * * *");

    private Syntax() {}

    private static Duration period(String text, String period) {
      try {
        Duration exact = DurationText.parse(period);
        return exact.toSeconds() < 1
            ? Duration.ofSeconds(1)
            : Duration.ofSeconds(exact.toSeconds());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "schedule \"%s\": %s".formatted(text, e.getMessage()), e);
      }
    }
  }
}
