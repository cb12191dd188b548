// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.demo;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.Figures;
import dev.squall.cli.run.SignalGuard;
import dev.squall.experiment.EndReason;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.ExperimentRunner;
import dev.squall.experiment.FaultInjector;
import dev.squall.experiment.Outcome;
import dev.squall.experiment.Ticker;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Direction;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;

/// Plays single acts: the users read while the fault is on, and both sides tell what they saw.
final class Stage {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final Console console;
  private final DemoNetwork network;
  private final DemoClient client;
  private final Duration length;

  Stage(Console console, DemoNetwork network, DemoClient client, Duration length) {
    this.console = console;
    this.network = network;
    this.client = client;
    this.length = length;
  }

  /// Lets the users read undisturbed, for half as long as an act.
  void rehearse() throws Exception {
    // The first pages pay for code that is not warm yet.
    network.onClient(() -> client.read(length.dividedBy(5)));
    row(console, "users", network.onClient(() -> client.read(length.dividedBy(2))).toString());
  }

  void play(Act act, FaultInjector injector, SignalGuard guard) throws Exception {
    Target server = network.server();
    row(console, "asked", "squall inject %s %s".formatted(option(server), act.options()));
    FutureTask<Experience> users =
        new FutureTask<>(
            () -> network.onClient(() -> client.read(length.dividedBy(5).multipliedBy(4))));
    ExperimentRunner runner =
        new ExperimentRunner(injector, Ticker.system(), INTERVAL, new Curtain(users));
    guard.onSignal(() -> runner.stop(EndReason.SIGNAL));
    Outcome outcome = runner.run(experiment(act, server), identity(act));
    if (outcome.reason() != EndReason.DURATION) {
      row(console, "ended", "early: " + outcome.reason());
      return;
    }
    outcome.rules().forEach(rule -> row(console, "kernel", counted(rule)));
    row(console, "users", users.get().toString());
    row(console, "so", act.moral());
  }

  static void row(Console console, String who, String what) {
    console.line("   %-8s %s".formatted(who, what));
  }

  private Experiment experiment(Act act, Target server) {
    TrafficFilter traffic =
        new TrafficFilter(
            null,
            null,
            TrafficFilter.ANY.ports(),
            TrafficFilter.ANY.peers(),
            TrafficFilter.ANY.flows(),
            act.selection());
    return new Experiment(
        act.title(), List.of(server), List.of(act.fault()), traffic, length, null);
  }

  private static RunIdentity identity(Act act) {
    return new RunIdentity(
        "demo-" + act.fault().name(), "demo", System.nanoTime(), false, false, null);
  }

  private static String counted(RuleReport rule) {
    String counted =
        "%s packets %s the server, %s of them hit"
            .formatted(
                Figures.count(rule.counters().matched().packets()),
                rule.direction() == Direction.EGRESS ? "left" : "came to",
                Figures.count(rule.counters().hit().packets()));
    return rule.delays().count() == 0
        ? counted
        : counted
            + ", half of these delayed by at most "
            + Figures.latency(rule.delays().quantile(0.5));
  }

  private static String option(Target target) {
    return switch (target) {
      case Target.NamedNetns netns -> "--netns " + netns.name();
      case Target.Process process -> "--pid " + process.pid();
      case Target.Container container -> "--container " + container.id();
      case Target.Pod pod -> "--pod " + pod.uid();
      case Target.Host host -> "--interface " + host.networkInterface();
    };
  }
}
