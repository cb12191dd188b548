// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import java.time.Duration;
import java.util.List;

/// Keeps the programs alive while this process is: they stop by themselves a second after the last
/// renewal. A lease that was found lapsed (a SIGSTOP, a long pause) stays lapsed: what was promised
/// has been broken already, and a fault that comes back by itself would be a second surprise.
final class Lease implements AutoCloseable {
  static final Duration TERM = Duration.ofSeconds(1);
  private static final long NOT_LAPSED = -1;

  private final LoadedProgram[] programs;
  private final JiffiesClock clock;
  private final long termTicks;
  private long until;
  private volatile long lapsedTicks = NOT_LAPSED;
  private boolean closed;

  Lease(List<LoadedProgram> programs, JiffiesClock clock) {
    this.programs = programs.toArray(new LoadedProgram[0]);
    this.clock = clock;
    this.termTicks = clock.ticks(TERM);
  }

  /// Grants the first term, and has it renewed from then on.
  void begin() {
    synchronized (this) {
      grant();
    }
    LeaseKeeper.add(this);
  }

  /// Grants another term, unless the last one has run out. Allocates nothing.
  synchronized void renew() {
    if (closed || isLost()) {
      return;
    }
    long over = clock.now() - until;
    if (over >= 0) {
      lapsedTicks = over;
    } else {
      grant();
    }
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

  /// It is not renewed any more; the programs may be closed then.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    LeaseKeeper.remove(this);
  }
}
