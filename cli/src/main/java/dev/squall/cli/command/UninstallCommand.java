// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.cluster.Patience;
import dev.squall.cli.cluster.Uninstaller;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `squall uninstall`: takes everything out of a cluster again.
@Command(
    customSynopsis = "squall uninstall [CLUSTER]",
    synopsisHeading = "%nUsage: ",
    header = "Ends all faults in a cluster and removes Squall from it",
    descriptionHeading = "%n",
    description = {
      "Experiments go with it. It works in whatever state the installation is, also without its",
      "controller. Exit status 6 when something is left, which it then names."
    })
public final class UninstallCommand implements Callable<ExitStatus> {
  private final Console console;
  private final Patience patience;

  @Mixin(name = "CLUSTER")
  private final ClusterOptions clusters;

  public UninstallCommand(
      Console console, Patience patience, Function<ClusterChoice, Cluster> clusters) {
    this.console = console;
    this.patience = patience;
    this.clusters = new ClusterOptions(clusters);
  }

  @Override
  public ExitStatus call() throws InterruptedException {
    List<String> left = new Uninstaller(clusters.connect(), patience, console::line).uninstall();
    if (!left.isEmpty()) {
      console.error(
          "squall: still there after 2m: %s; call squall uninstall again once that is mended"
              .formatted(String.join(", ", left)));
      return ExitStatus.NOT_CLEAN;
    }
    console.line("nothing of squall is left in the cluster");
    return ExitStatus.OK;
  }
}
