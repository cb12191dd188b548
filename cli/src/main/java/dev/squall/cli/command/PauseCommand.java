// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.cluster.Experiments;
import dev.squall.cli.cluster.Patience;
import dev.squall.cli.cluster.PauseSwitch;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `squall pause`: lets an experiment of a cluster hit nothing for a while.
@Command(
    customSynopsis = "squall pause NAME [-n NS] [CLUSTER]",
    synopsisHeading = "%nUsage: ",
    header = "Lets an experiment of a cluster hit nothing until squall resume",
    descriptionHeading = "%n",
    description = "Its time goes on. Returns when it hits nothing any more.")
public final class PauseCommand implements Callable<ExitStatus> {
  private final Console console;
  private final Patience patience;

  @Parameters(paramLabel = "NAME", description = "The experiment, as squall get lists it.")
  private String name = "";

  @Mixin(name = "NAMESPACE")
  private final NamespaceOption namespace = new NamespaceOption();

  @Mixin(name = "CLUSTER")
  private final ClusterOptions clusters;

  public PauseCommand(
      Console console, Patience patience, Function<ClusterChoice, Cluster> clusters) {
    this.console = console;
    this.patience = patience;
    this.clusters = new ClusterOptions(clusters);
  }

  @Override
  public ExitStatus call() throws InterruptedException {
    Cluster cluster = clusters.connect();
    new PauseSwitch(cluster, patience)
        .set(new Experiments(cluster).find(name, namespace.name()), true);
    console.line("paused %s: squall resume %s goes on with it".formatted(name, name));
    return ExitStatus.OK;
  }
}
