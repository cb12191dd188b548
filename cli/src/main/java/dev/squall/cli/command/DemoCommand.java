// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `squall demo`: the guided tour.
@Command(
    customSynopsis = "squall demo [--cluster [--keep]]",
    synopsisHeading = "%nUsage: ",
    header = "Shows what faults do to a real web server and its users",
    descriptionHeading = "%n",
    description = {
      "Loss, delay and reset, on this machine and in two networks of their own; then the proof that",
      "nothing is left. Takes about 20 seconds; with --cluster about 2 minutes."
    })
public final class DemoCommand implements Callable<ExitStatus> {
  private final Demo demo;

  @Option(
      names = "--cluster",
      description = {
        "Instead, a shop in a Kubernetes that is made on this machine;",
        "in the source tree only."
      })
  private boolean inCluster;

  @Option(names = "--keep", description = "With --cluster: leave the cluster standing.")
  private boolean keep;

  public DemoCommand(Demo demo) {
    this.demo = demo;
  }

  @Override
  public ExitStatus call() throws Exception {
    if (inCluster) {
      throw Usage.wrong(
          "demo --cluster makes cluster and images from source: clone the repository of squall, and"
              + " call it there as ./squall demo --cluster");
    }
    if (keep) {
      throw Usage.wrong("--keep: there is nothing to keep without --cluster");
    }
    return demo.play();
  }
}
