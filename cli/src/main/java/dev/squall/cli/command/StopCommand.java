// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.cluster.Patience;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.experiment.Ticker;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.RunRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `squall stop`: ends runs of other processes, and experiments of a cluster.
@Command(
    customSynopsis =
        "squall stop [ID | --all | NAME [-n NS] [CLUSTER] | --all --cluster [CLUSTER]]",
    synopsisHeading = "%nUsage: ",
    header = "Ends a run of this host, or an experiment of a cluster",
    descriptionHeading = "%n",
    description = {
      "A run ends at once for the packets; the process that owns it then cleans up. Without ID",
      "it ends the only run there is. An experiment of a cluster is deleted, and its faults end."
    })
public final class StopCommand implements Callable<ExitStatus> {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final Console console;
  private final Supplier<RunRegistry> registries;
  private final Ticker ticker;

  @Parameters(
      paramLabel = "ID|NAME",
      arity = "0..1",
      description = {
        "ID: as squall status lists it; a unique beginning is enough.",
        "NAME: as squall get lists it; write experiment/NAME for one",
        "that could be an ID, of up to 8 hexadecimal digits."
      })
  private @Nullable String id;

  @Option(names = "--all", description = "Every run of this host; with --cluster: see there.")
  private boolean all;

  @Option(names = "--cluster", description = "With --all: turn the stop switch of the cluster on.")
  private boolean wholeCluster;

  @Mixin(name = "NAMESPACE")
  private final NamespaceOption namespace = new NamespaceOption();

  @Mixin(name = "CLUSTER")
  private final ClusterOptions clusters;

  /// @param cluster connects to a cluster
  public StopCommand(
      Console console,
      Supplier<RunRegistry> registries,
      Ticker ticker,
      Function<ClusterChoice, Cluster> cluster) {
    this.console = console;
    this.registries = registries;
    this.ticker = ticker;
    this.clusters = new ClusterOptions(cluster);
  }

  @Override
  public ExitStatus call() throws InterruptedException {
    if (all && id != null) {
      throw Usage.wrong(id + " and --all: give one of them");
    }
    if (wholeCluster && !all) {
      throw Usage.wrong("--cluster: write --all --cluster, or the NAME of one experiment");
    }
    if (wholeCluster) {
      return inCluster().stopAll();
    }
    if (id != null && (isName(id) || namespace.name() != null || clusters.given())) {
      return inCluster().stop(id, namespace.name());
    }
    if (namespace.name() != null || clusters.given()) {
      throw Usage.wrong(
          "say what is to stop in the cluster: the NAME of an experiment, or --all --cluster");
    }
    return onThisHost();
  }

  private ClusterStop inCluster() {
    return new ClusterStop(console, new Patience(ticker), clusters.connect());
  }

  private static boolean isName(String word) {
    return !word.matches("[0-9a-f]{1,8}");
  }

  private ExitStatus onThisHost() throws InterruptedException {
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
