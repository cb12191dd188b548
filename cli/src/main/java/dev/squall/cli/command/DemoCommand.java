// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `squall demo`: the guided tour.
@Command(
    customSynopsis = "squall demo",
    synopsisHeading = "%nUsage: ",
    header = "Shows what faults do to a real web server and its users",
    descriptionHeading = "%n",
    description = {
      "Loss, delay and reset, on this machine and in two networks of their own; then the proof that",
      "nothing is left. Takes about 20 seconds."
    })
public final class DemoCommand implements Callable<ExitStatus> {
  private final Demo demo;

  public DemoCommand(Demo demo) {
    this.demo = demo;
  }

  @Override
  public ExitStatus call() throws Exception {
    return demo.play();
  }
}
