// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.linux.NetworkNamespace;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Attempts to connect, which are refused.
final class ConnectProbe implements Probe {
  private static final long PERIOD_NANOS = 1_000_000;
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final TcpListener listener;
  private final NetworkNamespace client;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long affected;
  private volatile boolean wasAffected;
  private volatile long normalSince;

  /// @param client the host that connects
  ConnectProbe(TcpListener listener, NetworkNamespace client) {
    this.listener = listener;
    this.client = client;
    thread = Thread.ofPlatform().daemon().start(this::keepConnecting);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void keepConnecting() {
    Clock clock = new Clock();
    while (!stopping) {
      long begin = clock.nanos();
      if (listener.connectFrom(client, PATIENCE) != 0) {
        affected++;
        wasAffected = true;
      } else if (wasAffected) {
        wasAffected = false;
        normalSince = begin;
      }
      LockSupport.parkNanos(PERIOD_NANOS - (clock.nanos() - begin));
    }
  }

  @Override
  public boolean isNormalNow() {
    return !wasAffected;
  }

  @Override
  public void stop() {
    stopping = true;
    Pause.untilEnd(thread);
  }

  @Override
  public long affected() {
    return affected;
  }

  @Override
  public long normalSince() {
    return wasAffected ? NEVER : normalSince;
  }

  @Override
  public void close() {
    stop();
    listener.close();
  }
}
