// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares the node's wall clock with the API server's: at the beginning, and again every ten
/// minutes or when the wall clock was set.
final class ServerClock implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerClock.class);
  private static final int REQUESTS = 12;

  /// No divisor of a second, so that the requests fall into different parts of one.
  private static final long BETWEEN_MILLIS = 93;

  private static final Duration PERIOD = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(100);

  private final Api api;
  private volatile ClockOffset offset = ClockOffset.ANY;

  ServerClock(Api api) {
    this.api = api;
  }

  ClockOffset offset() {
    return offset;
  }

  /// Compares until it is interrupted.
  @Override
  public void run() {
    try {
      while (true) {
        Moment before = Moment.now();
        boolean known = compare();
        Moment since = before;
        do {
          Thread.sleep(LOOK);
        } while (known && !isStale(since, Moment.now()));
      }
    } catch (InterruptedException e) {
      LOG.debug("ended", e);
    }
  }

  private static boolean isStale(Moment since, Moment now) {
    Duration byWall = Duration.between(since.wall(), now.wall());
    Duration passed = now.monotonic().minus(since.monotonic());
    return passed.compareTo(PERIOD) > 0 || byWall.minus(passed).abs().compareTo(STEP) > 0;
  }

  private boolean compare() throws InterruptedException {
    ClockOffset narrowed = ClockOffset.ANY;
    for (int i = 0; i < REQUESTS; i++) {
      Instant sent = Instant.now();
      try {
        Instant date = api.date();
        if (date != null) {
          narrowed = narrowed.narrowedBy(sent, Instant.now(), date);
        }
      } catch (IOException e) {
        return false;
      }
      Thread.sleep(BETWEEN_MILLIS);
    }
    offset = narrowed;
    LOG.atInfo().addKeyValue("offsetMillis", narrowed.millis()).log("clock compared");
    return true;
  }
}
