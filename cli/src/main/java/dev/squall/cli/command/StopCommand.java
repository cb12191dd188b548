// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.experiment.Ticker;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.RunRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `squall stop`: ends runs of other processes.
@Command(
    customSynopsis = "squall stop [ID | --all]",
    synopsisHeading = "%nUsage: ",
    header = "Ends a run, in whichever process it is",
    descriptionHeading = "%n",
    description = {
      "At once for the packets; the process that owns the run then cleans up.",
      "Without ID it ends the only run there is."
    })
public final class StopCommand implements Callable<ExitStatus> {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final Console console;
  private final Supplier<RunRegistry> registries;
  private final Ticker ticker;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The run, as squall status lists it; a unique beginning is enough.")
  private @Nullable String id;

  @Option(names = "--all", description = "Every run.")
  private boolean all;

  public StopCommand(Console console, Supplier<RunRegistry> registries, Ticker ticker) {
    this.console = console;
    this.registries = registries;
    this.ticker = ticker;
  }

  @Override
  public ExitStatus call() throws InterruptedException {
    if (all && id != null) {
      throw Usage.wrong(id + " and --all: give one of them");
    }
    RunRegistry registry = registries.get();
    List<ActiveRun> runs = registry.runs();
    List<ActiveRun> chosen = all ? runs : RunChoice.of(runs, id, " or --all");
    if (chosen.isEmpty()) {
      console.line("nothing runs");
    }
    chosen.forEach(run -> registry.stop(run.id()));
    for (ActiveRun run : chosen) {
      console.line("stopped %s (pid %d)%s".formatted(run.id(), run.pid(), rest(run, registry)));
    }
    return ExitStatus.OK;
  }

  /// Waits for the owner to clean up; nothing more to say when it has.
  private String rest(ActiveRun run, RunRegistry registry) throws InterruptedException {
    Duration end = ticker.now().plus(PATIENCE);
    while (registry.runs().stream().anyMatch(other -> other.id().equals(run.id()))) {
      if (ticker.now().compareTo(end) >= 0) {
        return ": no packet is hit any more, but its process has not cleaned up yet";
      }
      ticker.await(new CountDownLatch(1), INTERVAL);
    }
    return "";
  }
}
