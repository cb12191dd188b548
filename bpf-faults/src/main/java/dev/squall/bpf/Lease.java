// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Keeps the programs alive while this process is: they stop by themselves a second after the last
/// renewal. One thread renews four times as often, and allocates nothing meanwhile. A lease that
/// was found lapsed (a SIGSTOP, a long pause) stays lapsed: what was promised has been broken
/// already, and a fault that comes back by itself would be a second surprise.
final class Lease implements AutoCloseable {
  static final Duration TERM = Duration.ofSeconds(1);
  private static final long PERIOD_NANOS = 250_000_000L;
  private static final long NOT_LAPSED = -1;

  private final LoadedProgram[] programs;
  private final JiffiesClock clock;
  private final long termTicks;
  private volatile long until;
  private volatile long lapsedTicks = NOT_LAPSED;
  private volatile boolean closed;
  private @Nullable Thread thread;

  Lease(List<LoadedProgram> programs, JiffiesClock clock) {
    this.programs = programs.toArray(new LoadedProgram[0]);
    this.clock = clock;
    this.termTicks = clock.ticks(TERM);
  }

  /// Grants the first term. The thread starts with it.
  void begin() {
    grant();
    thread = Thread.ofPlatform().name("squall-lease").daemon().start(this::keepRenewing);
  }

  private void keepRenewing() {
    while (!closed) {
      LockSupport.parkNanos(PERIOD_NANOS);
      if (!closed && !renew()) {
        return;
      }
    }
  }

  private boolean renew() {
    long over = clock.now() - until;
    if (over >= 0) {
      lapsedTicks = over;
      return false;
    }
    grant();
    return true;
  }

  private void grant() {
    long next = clock.now() + termTicks;
    for (LoadedProgram program : programs) {
      program.run().setLeaseUntil(next);
    }
    until = next;
  }

  boolean isLost() {
    return lapsedTicks != NOT_LAPSED;
  }

  /// How long the faults had been off when that was noticed.
  Duration uncovered() {
    return isLost() ? clock.duration(lapsedTicks) : Duration.ZERO;
  }

  /// Ends the term at once.
  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }
}
