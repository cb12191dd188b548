// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// When a run begins and ends. The duration counts from when the experiment was made.
///
/// @param startAt when all nodes begin
/// @param durationMillis from `startAt`; the nodes end it then by themselves
/// @param endsAt when it is over; null: when somebody ends it
public record RunClock(Instant startAt, long durationMillis, @Nullable Instant endsAt) {
  /// How far ahead the end is while there is none: nodes that nobody tells to go on stop then.
  static final Duration ROLLING = Duration.ofSeconds(30);

  /// How long before the rolling end it is put off.
  static final Duration RENEWED_BEFORE = Duration.ofSeconds(10);

  /// When one begins that nothing was told about yet.
  ///
  /// @param made when the experiment was made
  /// @param duration null: until it is deleted
  /// @param lead how far ahead the beginning is, but at most half of the time that is left
  static RunClock beginning(Instant now, Instant made, @Nullable Duration duration, Duration lead) {
    Duration ahead = lead;
    if (duration != null) {
      Duration half = Duration.between(now, made.plus(duration)).dividedBy(2);
      ahead = half.compareTo(lead) < 0 ? half : lead;
    }
    return of(now, now.plus(ahead).truncatedTo(ChronoUnit.MILLIS), made, duration);
  }

  /// When one goes on that this was told about.
  RunClock at(Instant now, Instant made, @Nullable Duration duration) {
    return duration == null && now.isBefore(renewAt())
        ? new RunClock(startAt, durationMillis, null)
        : of(now, startAt, made, duration);
  }

  private static RunClock of(
      Instant now, Instant start, Instant made, @Nullable Duration duration) {
    if (duration != null) {
      Instant end = made.plus(duration);
      return new RunClock(start, Math.max(0, Duration.between(start, end).toMillis()), end);
    }
    return new RunClock(start, Duration.between(start, now.plus(ROLLING)).toMillis(), null);
  }

  /// When the nodes end it if they hear nothing more.
  public Instant nodesEndAt() {
    return startAt.plusMillis(durationMillis);
  }

  /// When a rolling end has to be put off.
  public Instant renewAt() {
    return nodesEndAt().minus(RENEWED_BEFORE);
  }
}
