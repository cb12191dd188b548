// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Decides when a status is written: changed counts every five seconds, everything else at once but
/// not more than four times a second, nothing new never.
///
/// @param written the last one; null: none
/// @param at when it was, or when it was found to be the news still
record StatusPace(@Nullable NodeFaultStatus written, Duration at) {
  static final StatusPace NONE = new StatusPace(null, Duration.ZERO);
  static final Duration FOR_COUNTS = Duration.ofSeconds(5);
  static final Duration FOR_CHANGES = Duration.ofMillis(250);

  /// Whether it may be time, so that it is worth the while to ask for counts.
  boolean mayBeDue(boolean changed, Duration now) {
    Duration passed = now.minus(at);
    return written == null || passed.compareTo(changed ? FOR_CHANGES : FOR_COUNTS) >= 0;
  }

  /// Whether this one says something new.
  boolean isNews(NodeFaultStatus status) {
    return !status.equals(written);
  }

  StatusPace after(NodeFaultStatus status, Duration now) {
    return new StatusPace(status, now);
  }
}
