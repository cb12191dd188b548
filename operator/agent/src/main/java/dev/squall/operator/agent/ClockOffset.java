// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far the node's wall clock is ahead of the API server's, narrowed by each answer. A `Date`
/// header has whole seconds, so one answer tells little, but answers at different places within a
/// second tell more together.
///
/// @param least it is ahead by at least this; negative: it may be behind
/// @param most and by at most this
record ClockOffset(Duration least, Duration most) {
  /// Beyond this nodes would not begin together.
  static final Duration TOLERATED = Duration.ofMillis(500);

  private static final Duration UNKNOWN = Duration.ofDays(365_000);

  /// Nothing is known.
  static final ClockOffset ANY = new ClockOffset(UNKNOWN.negated(), UNKNOWN);

  /// @param sent by the node's clock
  /// @param received by the node's clock
  /// @param date by the server's, in between, without its fraction of a second
  ClockOffset narrowedBy(Instant sent, Instant received, Instant date) {
    Duration atLeast = Duration.between(date.plusSeconds(1), sent);
    Duration atMost = Duration.between(date, received);
    ClockOffset both = new ClockOffset(later(least, atLeast), earlier(most, atMost));
    // A clock was set in between: what was known before is void.
    return both.least.compareTo(both.most) > 0 ? new ClockOffset(atLeast, atMost) : both;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration earlier(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// The middle; null when nothing is known.
  @Nullable Long millis() {
    return equals(ANY) ? null : least.plus(most).dividedBy(2).toMillis();
  }

  /// Why nothing can begin at an agreed moment; null when it can, as far as is known.
  @Nullable String refusal() {
    boolean ahead = least.compareTo(TOLERATED) > 0;
    if (!ahead && most.compareTo(TOLERATED.negated()) >= 0) {
      return null;
    }
    return "the node's clock is %d ms %s the API server's, more than %d ms: set it right, as with NTP"
        .formatted(
            least.plus(most).dividedBy(2).abs().toMillis(),
            ahead ? "ahead of" : "behind",
            TOLERATED.toMillis());
  }
}
