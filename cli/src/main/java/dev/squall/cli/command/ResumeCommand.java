// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.cluster.Experiments;
import dev.squall.cli.cluster.Patience;
import dev.squall.cli.cluster.PauseSwitch;
import dev.squall.cli.cluster.StopSwitch;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `squall resume`: goes on with an experiment that was paused, or releases the stop switch.
@Command(
    customSynopsis = "squall resume NAME [-n NS] [CLUSTER] | --all --cluster [CLUSTER]",
    synopsisHeading = "%nUsage: ",
    header = "Goes on with a paused experiment, or releases the stop switch",
    descriptionHeading = "%n",
    description = {
      "NAME: takes back squall pause. --all --cluster: takes back squall stop --all --cluster, in",
      "whichever SquallPolicy the switch is on; experiments that it ended do not begin again."
    })
public final class ResumeCommand implements Callable<ExitStatus> {
  private final Console console;
  private final Patience patience;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The experiment, as squall get lists it.")
  private @Nullable String name;

  @Mixin(name = "NAMESPACE")
  private final NamespaceOption namespace = new NamespaceOption();

  @Mixin(name = "CLUSTER")
  private final ClusterOptions clusters;

  @Option(names = "--all", description = "With --cluster: release the stop switch.")
  private boolean all;

  @Option(names = "--cluster", description = "See --all.")
  private boolean wholeCluster;

  public ResumeCommand(
      Console console, Patience patience, Function<ClusterChoice, Cluster> clusters) {
    this.console = console;
    this.patience = patience;
    this.clusters = new ClusterOptions(clusters);
  }

  @Override
  public ExitStatus call() throws InterruptedException {
    if (all != wholeCluster || all == (name != null)) {
      throw Usage.wrong("give the NAME of an experiment, or --all --cluster for the stop switch");
    }
    Cluster cluster = clusters.connect();
    if (name == null) {
      release(new StopSwitch(cluster));
    } else {
      new PauseSwitch(cluster, patience)
          .set(new Experiments(cluster).find(name, namespace.name()), false);
      console.line("resumed " + name);
    }
    return ExitStatus.OK;
  }

  private void release(StopSwitch stopSwitch) {
    List<String> policies = stopSwitch.turnOff();
    console.line(
        policies.isEmpty()
            ? "the stop switch was not on"
            : "the stop switch is off (it was on in SquallPolicy %s): experiments may begin"
                .formatted(String.join(", ", policies)));
  }
}
