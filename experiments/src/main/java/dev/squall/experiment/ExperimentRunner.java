// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.RunIdentity;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs experiments, one after the other, on the calling thread.
public final class ExperimentRunner {

  private final FaultInjector injector;
  private final Ticker ticker;
  private final Duration interval;
  private final RunListener listener;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<@Nullable EndReason> stopReason = new AtomicReference<>();

  /// @param interval how often the kernel is asked how the run stands and what it has counted
  public ExperimentRunner(
      FaultInjector injector, Ticker ticker, Duration interval, RunListener listener) {
    this.injector = injector;
    this.ticker = ticker;
    this.interval = interval;
    this.listener = listener;
  }

  /// Ends the current run at once and keeps later ones from beginning; may be called by any thread
  /// and more than once, the first reason counts. It does not wait for the run to end.
  public void stop(EndReason reason) {
    stopReason.compareAndSet(null, reason);
    stopped.countDown();
  }

  /// Prepares, arms, watches and removes the faults of the experiment; returns when nothing is
  /// left.
  ///
  /// @throws dev.squall.fault.FaultException when the faults could not be injected or removed; the
  ///   clean-up has been tried whatever failed, and what else failed is among its suppressed ones
  public Outcome run(Experiment experiment, RunIdentity identity) {
    throw new UnsupportedOperationException();
  }
}
