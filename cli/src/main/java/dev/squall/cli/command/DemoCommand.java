// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `squall demo`: the guided tour.
@Command(
    customSynopsis = "squall demo",
    description = {
      "Shows loss, delay and reset on a real web server and its users, on this machine and in",
      "networks of their own; then proves that nothing is left. Takes about 20 seconds."
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
