// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where the agent is told things, by any thread.
final class Inbox {
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  void put(Event event) {
    events.add(event);
  }

  /// The next one if there is one.
  @Nullable Event poll() {
    return events.poll();
  }

  /// The next one, or null when none comes in time.
  @Nullable Event take(Duration atMost) throws InterruptedException {
    return events.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
