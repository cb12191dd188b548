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
  /// Time for all nodes to prepare, so that they begin together.
  static final Duration AHEAD = Duration.ofSeconds(1);

  /// How far ahead the end is while there is none: nodes that nobody tells to go on stop then.
  static final Duration ROLLING = Duration.ofSeconds(30);

  /// How long before the rolling end it is put off.
  static final Duration RENEWED_BEFORE = Duration.ofSeconds(10);

  /// @param made when the experiment was made
  /// @param duration null: until it is deleted
  /// @param before what the nodes were told; null: nothing yet
  static RunClock at(
      Instant now, Instant made, @Nullable Duration duration, @Nullable RunClock before) {
    Instant start =
        before == null ? now.plus(AHEAD).truncatedTo(ChronoUnit.MILLIS) : before.startAt();
    if (duration != null) {
      Instant end = made.plus(duration);
      return new RunClock(start, Math.max(0, Duration.between(start, end).toMillis()), end);
    }
    if (before != null && now.isBefore(before.renewAt())) {
      return new RunClock(start, before.durationMillis(), null);
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
