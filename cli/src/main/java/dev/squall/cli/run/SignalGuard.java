// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// While one is open, SIGINT, SIGTERM and SIGHUP end the run in hand before they end the process.
///
/// The JVM answers these signals by running its shutdown hooks and then exits with 128 plus the
/// number of the signal. The hook of this class has the run stopped and waits until the guard is
/// closed, which its owner does when all is undone and said. A second signal finds the shutdown
/// under way and changes nothing, so pressing Ctrl-C twice cannot cut the clean-up short.
public final class SignalGuard implements AutoCloseable {
  /// The longest delay holds packets for a minute; whoever takes longer than this has hung, and the
  /// kernel undoes the rest when the process is gone.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "signal-guard");
  private @Nullable Runnable stop;
  private boolean signalled;

  private SignalGuard() {}

  /// Opens a guard; a signal that came before has ended the process, with nothing to undo.
  public static SignalGuard open() {
    SignalGuard guard = new SignalGuard();
    try {
      Runtime.getRuntime().addShutdownHook(guard.hook);
    } catch (IllegalStateException shutdownUnderWay) {
      guard.signalled = true;
    }
    return guard;
  }

  /// Says how to stop what runs from here on; called at once when a signal has come already.
  public synchronized void onSignal(Runnable newStop) {
    stop = newStop;
    if (signalled) {
      newStop.run();
    }
  }

  /// Whether a signal has come.
  public synchronized boolean signalled() {
    return signalled;
  }

  /// Lets the process exit.
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shutdownUnderWay) {
      // The hook runs at this moment and sees the latch.
    }
  }

  private void stopAndWait() {
    synchronized (this) {
      signalled = true;
      if (stop != null) {
        stop.run();
      }
    }
    try {
      closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException goneAnyway) {
      Thread.currentThread().interrupt();
    }
  }
}
