// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What a run needs of time: a clock that never jumps, and a wait that can be cut short.
public interface Ticker {

  /// The time since some moment that stays the same.
  Duration now();

  /// Waits until the latch is open or the time is up, and returns whether it is open.
  boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException;

  /// The real time of this machine.
  static Ticker system() {
    return new Ticker() {
      @Override
      public Duration now() {
        return Duration.ofNanos(System.nanoTime());
      }

      @Override
      public boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException {
        return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
      }
    };
  }
}
