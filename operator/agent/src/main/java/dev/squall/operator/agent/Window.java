// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.time.Duration;
import java.time.Instant;

/// When the faults of a NodeFault work: agreed by the wall clock, kept by the monotonic one, so
/// that a wall clock that jumps changes nothing.
///
/// @param startAt the beginning as it was agreed
/// @param start the same by the monotonic clock
/// @param length from the beginning to the end
record Window(Instant startAt, Duration start, Duration length) {

  /// Converts once; whoever keeps the result is no longer concerned by the wall clock.
  static Window of(Instant startAt, Duration length, Moment seen) {
    Duration ahead = Duration.between(seen.wall(), startAt);
    return new Window(startAt, seen.monotonic().plus(ahead), length);
  }

  /// The same beginning with another end.
  Window lasting(Duration other) {
    return new Window(startAt, start, other);
  }

  Duration end() {
    return start.plus(length);
  }

  boolean hasBegun(Duration now) {
    return now.compareTo(start) >= 0;
  }

  boolean isOver(Duration now) {
    return now.compareTo(end()) >= 0;
  }

  Duration remaining(Duration now) {
    return end().minus(now);
  }

  /// A moment in the terms in which the beginning was agreed.
  Instant wall(Duration monotonic) {
    return startAt.plus(monotonic.minus(start));
  }

  /// The reverse of [#wall].
  Duration monotonic(Instant wall) {
    return start.plus(Duration.between(startAt, wall));
  }
}
