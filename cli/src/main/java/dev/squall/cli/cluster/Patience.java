// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import dev.squall.experiment.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/// Waits for what others do in a cluster, and never for ever.
public final class Patience {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Ticker ticker;

  public Patience(Ticker ticker) {
    this.ticker = ticker;
  }

  /// Asks again and again, less and less often. False when the time is up and it is still not so.
  public boolean until(BooleanSupplier done, Duration atMost) throws InterruptedException {
    Duration end = ticker.now().plus(atMost);
    Duration interval = SHORTEST;
    while (!done.getAsBoolean()) {
      if (ticker.now().compareTo(end) >= 0) {
        return false;
      }
      pause(interval);
      interval = interval.compareTo(LONGEST) < 0 ? interval.multipliedBy(2) : LONGEST;
    }
    return true;
  }

  /// Lets time pass.
  public void pause(Duration duration) throws InterruptedException {
    ticker.await(new CountDownLatch(1), duration);
  }
}
