// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.cluster.Experiments;
import dev.squall.cli.cluster.Patience;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.console.JsonLine;
import dev.squall.cli.console.OutputFormat;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.RunRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `squall status`: what runs on this host, in whichever process; or one experiment of a cluster.
@Command(
    customSynopsis = "squall status [NAME [-n NS] [--watch] [CLUSTER]] [OUTPUT]",
    synopsisHeading = "%nUsage: ",
    header = "Lists what runs on this host, or shows one experiment of a cluster",
    descriptionHeading = "%n",
    description = {
      "Without NAME the kernel of this host is asked for the runs of all processes; there is no",
      "file and no daemon."
    })
public final class StatusCommand implements Callable<ExitStatus> {
  private final Console console;
  private final Supplier<RunRegistry> registry;
  private final Patience patience;
  private final InstantSource clock;

  @Mixin(name = "OUTPUT")
  private final OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "An experiment of a cluster, as squall get lists it.")
  private @Nullable String name;

  @Mixin(name = "NAMESPACE")
  private final NamespaceOption namespace = new NamespaceOption();

  @Mixin(name = "CLUSTER")
  private final ClusterOptions clusters;

  @Option(names = "--watch", description = "Show NAME again and again, until it is over.")
  private boolean watch;

  /// @param cluster connects to a cluster
  public StatusCommand(
      Console console,
      Supplier<RunRegistry> registry,
      Patience patience,
      InstantSource clock,
      Function<ClusterChoice, Cluster> cluster) {
    this.console = console;
    this.registry = registry;
    this.patience = patience;
    this.clock = clock;
    this.clusters = new ClusterOptions(cluster);
  }

  @Override
  public ExitStatus call() throws InterruptedException {
    if (name == null) {
      if (watch || namespace.name() != null || clusters.given()) {
        throw Usage.wrong("the NAME of an experiment is missing; squall get lists them");
      }
      return ofThisHost();
    }
    Cluster cluster = clusters.connect();
    JsonNode experiment = new Experiments(cluster).find(name, namespace.name());
    ClusterStatus status = new ClusterStatus(console, clock, cluster);
    if (output.format() == OutputFormat.JSON) {
      status.printJson(experiment);
    } else if (watch) {
      status.watch(experiment, patience);
    } else {
      status.print(experiment);
    }
    return ExitStatus.OK;
  }

  private ExitStatus ofThisHost() {
    List<ActiveRun> runs = registry.get().runs();
    RunList list = new RunList(runs, clock.instant());
    if (output.format() == OutputFormat.JSON) {
      console.line(JsonLine.of(list::write));
    } else if (runs.isEmpty()) {
      console.line("nothing runs");
    } else {
      list.lines().forEach(console::line);
    }
    return ExitStatus.OK;
  }
}
