// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.demo;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.console.Paint;
import dev.squall.cli.run.CleanProof;
import dev.squall.cli.run.SignalGuard;
import dev.squall.experiment.FaultInjector;
import dev.squall.experiment.Ticker;
import dev.squall.fault.Delay;
import dev.squall.fault.Loss;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.fault.RunRegistry;
import dev.squall.target.Selection;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// The guided tour: nothing wrong, then three faults one after the other, then proof that all is
/// gone. About twenty seconds.
public final class Demo {
  private static final List<Act> ACTS =
      List.of(
          new Act(
              "Every tenth packet of the server is lost",
              "--loss 10%",
              new Loss(Percentage.parse("10%")),
              Selection.PACKET,
              "The server sends again what was lost, so pages still arrive, some much later."),
          new Act(
              "Every packet of the server arrives 50 ms late",
              "--delay 50ms",
              new Delay(Duration.ofMillis(50), null, false),
              Selection.PACKET,
              "A page takes several trips to and fro, and each of them is 50 ms longer."),
          new Act(
              "Every second connection is reset",
              "--reset 50% --per flow",
              new Reset(Percentage.parse("50%"), ResetEnd.BOTH),
              Selection.FLOW,
              "Half of the connections end at once, most before they begin; the others notice nothing."));

  private static final List<String> INTRODUCTION =
      List.of(
          "A web server and its users, each in a network of their own on this machine; nothing else",
          "is touched. Squall disturbs the server's packets inside the Linux kernel and counts them",
          "there; the users tell what they noticed.");

  private final Console console;
  private final Duration length;
  private final Supplier<DemoNetwork> networks;
  private final Supplier<FaultInjector> injector;
  private final Supplier<RunRegistry> registry;

  /// `length` is that of each act; five seconds suit people.
  public Demo(
      Console console,
      Duration length,
      Supplier<DemoNetwork> networks,
      Supplier<FaultInjector> injector,
      Supplier<RunRegistry> registry) {
    this.console = console;
    this.length = length;
    this.networks = networks;
    this.injector = injector;
    this.registry = registry;
  }

  /// Plays it all; a signal ends it early, with nothing left.
  public ExitStatus play() throws Exception {
    try (SignalGuard guard = SignalGuard.open()) {
      INTRODUCTION.forEach(console::line);
      playActs(guard);
      return guard.signalled() ? ExitStatus.OK : prove();
    }
  }

  private void playActs(SignalGuard guard) throws Exception {
    try (DemoNetwork network = networks.get();
        DemoServer server = network.onServer(() -> DemoServer.start(network.serverAddress()))) {
      Stage stage = new Stage(console, network, new DemoClient(server.address()), length);
      headline(1, "Nothing is wrong yet");
      stage.rehearse();
      for (int i = 0; i < ACTS.size() && !guard.signalled(); i++) {
        headline(i + 2, ACTS.get(i).title());
        stage.play(ACTS.get(i), injector.get(), guard);
      }
    }
  }

  private ExitStatus prove() throws InterruptedException {
    headline(ACTS.size() + 2, "Nothing is left behind");
    Stage.row(console, "asked", "squall verify-clean");
    CleanProof.Finding finding = new CleanProof(registry.get(), Ticker.system()).look(false);
    if (!finding.isClean()) {
      finding.leftovers().forEach(one -> Stage.row(console, "left", one.kind() + " " + one.name()));
      console.error("squall: something is left behind: see squall verify-clean");
      return ExitStatus.NOT_CLEAN;
    }
    Stage.row(
        console, "kernel", "no link, program, map or device of squall without a living owner");
    return ExitStatus.OK;
  }

  private void headline(int number, String title) {
    console.line("");
    console.line(console.paint(Paint.BOLD, number + ". " + title));
  }
}
