// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import java.time.Duration;

/// Lets one report through per interval; measured by what remains of the run, so it needs no clock.
final class Pace {
  private final Duration interval;
  private Duration next;

  /// The first report is due one interval into the run.
  Pace(Duration interval, Duration duration) {
    this.interval = interval;
    this.next = duration.minus(interval);
  }

  boolean isDue(Duration remaining) {
    if (remaining.compareTo(next) > 0) {
      return false;
    }
    next = remaining.minus(interval);
    return true;
  }
}
