// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.experiment.EndReason;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.ExperimentRunner;
import dev.squall.experiment.FaultInjector;
import dev.squall.experiment.RunListener;
import dev.squall.experiment.Ticker;
import dev.squall.fault.AttachedInterface;
import dev.squall.fault.FaultException;
import dev.squall.fault.HitPacket;
import dev.squall.target.NameResolver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Runs experiments one after the other and shows what happens.
///
/// All are planned before the first begins, so a name that cannot be resolved is found out while
/// nothing has been changed.
public final class RunSession {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  /// Where every hit is recorded: the kernel has room for some 80,000, so for 1.6 million a second.
  private static final Duration BRISK = Duration.ofMillis(50);

  private final Console console;
  private final Supplier<FaultInjector> injector;
  private final Ticker ticker;
  private final Planner planner;

  public RunSession(
      Console console,
      Supplier<FaultInjector> injector,
      Supplier<NameResolver> names,
      Map<String, String> environment,
      Ticker ticker) {
    this.console = console;
    this.injector = injector;
    this.ticker = ticker;
    this.planner = new Planner(names, environment);
  }

  /// Runs them all, or up to one that did not live out its time: who stops a run does not want the
  /// next, and after a lost lease this machine is in trouble. After a signal the JVM sets the exit
  /// status itself.
  public ExitStatus run(List<Experiment> experiments, RunRequest request) {
    try (AuditFile audit = AuditFile.open(request.audit())) {
      List<RunPlan> plans =
          experiments.stream().map(experiment -> planner.plan(experiment, request, audit)).toList();
      return runPlans(plans, request);
    }
  }

  private ExitStatus runPlans(List<RunPlan> plans, RunRequest request) {
    try (SignalGuard guard = SignalGuard.open()) {
      EndReason reason = EndReason.DURATION;
      for (RunPlan plan : plans) {
        if (reason == EndReason.DURATION && !guard.signalled()) {
          reason = run(plan, request, guard);
        }
      }
      return ExitStatus.OK;
    }
  }

  private EndReason run(RunPlan plan, RunRequest request, SignalGuard guard) {
    AuditFile audit = plan.audit();
    ArmedWatch watch = new ArmedWatch(view(plan, request), shown(request));
    FaultInjector locating = new LocatingInjector(injector.get(), found -> begin(plan, found));
    ExperimentRunner runner =
        audit == null
            ? new ExperimentRunner(locating, ticker, INTERVAL, watch)
            : new ExperimentRunner(locating, ticker, BRISK, new AuditWatch(watch, audit));
    guard.onSignal(() -> runner.stop(EndReason.SIGNAL));
    try {
      return runner.run(plan.experiment(), plan.identity()).reason();
    } catch (RuntimeException | Error failure) {
      if (watch.isArmed() && !isUndone(failure)) {
        throw new UncleanException(failure);
      }
      throw failure;
    }
  }

  private static void begin(RunPlan plan, List<AttachedInterface> found) {
    plan.places().found(found);
    if (plan.audit() != null) {
      plan.audit().begin(plan.identity(), found);
    }
  }

  private static Predicate<HitPacket> shown(RunRequest request) {
    if (!request.packets()) {
      return _ -> false;
    }
    return request.audit() == null ? _ -> true : new HitSample();
  }

  /// Whether it was a mistake of ours, and the faults have been removed all the same.
  private static boolean isUndone(Throwable failure) {
    return !(failure instanceof FaultException) && failure.getSuppressed().length == 0;
  }

  private RunListener view(RunPlan plan, RunRequest request) {
    return switch (request.format()) {
      case JSON -> new JsonView(console, plan);
      case TEXT ->
          console.isTerminal() ? new LiveView(console, plan) : new PlainView(console, plan);
    };
  }
}
