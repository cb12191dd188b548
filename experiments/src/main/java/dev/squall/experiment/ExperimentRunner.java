// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.Injection;
import dev.squall.fault.InjectionStatus;
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
  /// An interrupt of the calling thread ends the run like a signal, and is used up by that.
  ///
  /// @throws dev.squall.fault.FaultException when the faults could not be injected or removed; the
  ///   clean-up has been tried whatever failed, and what failed in it is suppressed therein
  public Outcome run(Experiment experiment, RunIdentity identity) {
    Outcome outcome;
    try (Injection injection = injector.prepare(experiment, identity)) {
      EndReason reason = inject(injection, experiment, identity);
      injection.disarm();
      tellHits(injection);
      outcome = new Outcome(reason, injection.uncovered(), injection.report());
    }
    listener.ended(outcome.reason(), outcome.uncovered(), outcome.rules());
    return outcome;
  }

  private EndReason inject(Injection injection, Experiment experiment, RunIdentity identity) {
    EndReason stoppedBefore = stopReason.get();
    if (stoppedBefore != null) {
      return stoppedBefore;
    }
    injection.arm();
    Duration end = ticker.now().plus(experiment.duration());
    listener.armed(experiment, identity, injection.notes());
    return watch(injection, end);
  }

  private EndReason watch(Injection injection, Duration end) {
    while (true) {
      Duration remaining = end.minus(ticker.now());
      EndReason reason = reasonToEnd(injection.status(), remaining);
      if (reason != null) {
        return reason;
      }
      tellHits(injection);
      listener.progress(remaining, injection.report());
      pause(end);
    }
  }

  private void tellHits(Injection injection) {
    long missed = injection.drainHits(listener::hit);
    if (missed > 0) {
      listener.missed(missed);
    }
  }

  /// What the kernel has already ended comes first: after a lost lease, a deadline or a signal that
  /// was noticed too late is not the reason.
  private @Nullable EndReason reasonToEnd(InjectionStatus status, Duration remaining) {
    return switch (status) {
      case LEASE_LOST -> EndReason.LEASE_LOST;
      case STOPPED -> EndReason.STOPPED;
      case SPENT -> EndReason.BUDGET;
      case EXPIRED -> EndReason.DURATION;
      case ACTIVE -> {
        EndReason reason = stopReason.get();
        yield reason == null && !remaining.isPositive() ? EndReason.DURATION : reason;
      }
    };
  }

  private void pause(Duration end) {
    Duration remaining = end.minus(ticker.now());
    try {
      ticker.await(stopped, remaining.compareTo(interval) < 0 ? remaining : interval);
    } catch (InterruptedException e) {
      stop(EndReason.SIGNAL);
    }
  }
}
