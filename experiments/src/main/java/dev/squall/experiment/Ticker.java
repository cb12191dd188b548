// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What a run needs of time: a clock that never jumps, and a wait that can be cut short.
public interface Ticker {

  /// The time since some moment that stays the same.
  Duration now();

  /// Waits until the latch is open or the time is up.
  void await(CountDownLatch latch, Duration atMost) throws InterruptedException;

  /// The real time of this machine.
  static Ticker system() {
    return new Ticker() {
      @Override
      public Duration now() {
        return Duration.ofNanos(System.nanoTime());
      }

      @Override
      @SuppressWarnings("ReturnValueIgnored")
      public void await(CountDownLatch latch, Duration atMost) throws InterruptedException {
        boolean opened = latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
      }
    };
  }
}
