// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.fault.FaultException;
import dev.squall.operator.agent.State.Refused;
import dev.squall.operator.agent.State.Waiting;
import java.time.Duration;

/// Decides whether an injection that failed is tried again. A pod that has only just begun may not
/// have its interface yet, and what the machine lacks may come back (memory); what was wrong with
/// the request stays wrong.
final class Setback {
  private static final Duration YOUNG = Duration.ofSeconds(5);
  private static final int MOST_FAILURES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private Setback() {}

  static State after(FaultException.Kind kind, Waiting before, PodNetwork network, Duration now) {
    int failures = before.failures() + 1;
    boolean again =
        switch (kind) {
          case USER -> now.minus(network.since()).compareTo(YOUNG) < 0;
          case ENVIRONMENT -> failures < MOST_FAILURES;
          case INTERNAL -> false;
        };
    return again ? new Waiting(now.plus(pause(failures)), failures) : new Refused(network);
  }

  private static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
