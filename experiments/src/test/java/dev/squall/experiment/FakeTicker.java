// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// Time that passes only while somebody waits, and then at once.
public final class FakeTicker implements Ticker {

  private Duration now = Duration.ofDays(1);
  private Runnable whileWaiting = () -> {};

  /// Does something in the middle of every wait, as another thread would.
  public FakeTicker whileWaiting(Runnable action) {
    whileWaiting = action;
    return this;
  }

  @Override
  public Duration now() {
    return now;
  }

  @Override
  public boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException {
    whileWaiting.run();
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while waiting");
    }
    boolean open = latch.getCount() == 0;
    now = open ? now : now.plus(atMost);
    return open;
  }
}
