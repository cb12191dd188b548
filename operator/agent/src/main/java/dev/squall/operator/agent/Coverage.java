// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.PodFault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// When the faults worked on a pod, and how long they did not although they should have.
///
/// @param injected when they first began; null: not yet
/// @param ended when they ended; null: they have not
/// @param until up to when they have worked, while they should but do not; null: they work, or have
///   not begun
/// @param uncovered all times without them so far
record Coverage(
    @Nullable Instant injected,
    @Nullable Instant ended,
    @Nullable Instant until,
    Duration uncovered) {
  static final Coverage NONE = new Coverage(null, null, null, Duration.ZERO);

  /// What an earlier agent left in the status.
  ///
  /// @param lastSeen when that agent was last known to live
  static Coverage recorded(PodFault row, Instant lastSeen) {
    PodFault.Timeline timeline = row.timeline();
    if (timeline == null) {
      return NONE;
    }
    Instant injected = instant(timeline.injected());
    Instant ended = instant(timeline.ended());
    Long uncovered = timeline.uncoveredMillis();
    Instant until = injected == null ? null : ended == null ? latest(injected, lastSeen) : ended;
    return new Coverage(
        injected, ended, until, Duration.ofMillis(uncovered == null ? 0 : uncovered));
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  /// They begin, or begin again.
  ///
  /// @param due since when they should have
  /// @param running since when the pod has had the network that they work on
  Coverage begun(Instant now, Instant due, Instant running) {
    Instant bare = latest(until == null ? due : until, running);
    return new Coverage(injected == null ? now : injected, null, null, grownBy(bare, now));
  }

  /// They are asked for again after they were not, as in a pause, which is no time without them.
  Coverage again(Instant at) {
    return injected == null ? this : new Coverage(injected, null, at, uncovered);
  }

  /// They do not work any more but should.
  Coverage lost(Instant at) {
    return new Coverage(injected, ended, injected == null ? null : at, uncovered);
  }

  /// They should not work any more, and do not.
  Coverage over(Instant at) {
    if (injected == null) {
      return this;
    }
    Duration total = until == null || ended != null ? uncovered : grownBy(until, at);
    return new Coverage(injected, ended == null ? at : ended, ended == null ? at : ended, total);
  }

  private Duration grownBy(Instant from, Instant to) {
    return from.isBefore(to) ? uncovered.plus(Duration.between(from, to)) : uncovered;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  PodFault.@Nullable Timeline timeline() {
    return injected == null
        ? null
        : new PodFault.Timeline(text(injected), text(ended), uncovered.toMillis());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS).toString();
  }
}
