// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller;

import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter.RateLimitState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How often one object is looked at: some times at once, then five times a second.
///
/// The limiter of the operator SDK makes an object wait as long as its period has lasted instead of
/// what is left of it, which may be almost twice the period.
///
/// @param nanoTime a clock that only goes forward
record Pace(LongSupplier nanoTime) implements RateLimiter<Pace.Turns> {
  static final Duration BETWEEN = Duration.ofMillis(200);
  static final int AT_ONCE = 4;

  /// When the next turn would be if all were equally far apart, in nanoseconds.
  static final class Turns implements RateLimitState {
    private long next;

    private Turns(long next) {
      this.next = next;
    }
  }

  @Override
  public Turns initState() {
    return new Turns(nanoTime.getAsLong());
  }

  /// @return how long it has to wait; empty: it is its turn now
  @Override
  public Optional<Duration> isLimited(RateLimitState state) {
    Turns turns = (Turns) state;
    long now = nanoTime.getAsLong();
    long ahead = Math.max(0, turns.next - now);
    long wait = ahead - BETWEEN.multipliedBy(AT_ONCE - 1).toNanos();
    if (wait > 0) {
      return Optional.of(Duration.ofNanos(wait));
    }
    turns.next = now + ahead + BETWEEN.toNanos();
    return Optional.empty();
  }
}
