// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.time.Duration;
import java.time.Instant;

/// One moment, by both of the node's clocks.
///
/// @param wall may jump
/// @param monotonic since some moment that stays the same; never jumps
record Moment(Instant wall, Duration monotonic) {
  static Moment now() {
    return new Moment(Instant.now(), Duration.ofNanos(System.nanoTime()));
  }
}
