// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.console.JsonLine;
import dev.squall.cli.console.OutputFormat;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.RunRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `squall status`: what runs on this host, in whichever process.
@Command(
    customSynopsis = "squall status [OUTPUT]",
    synopsisHeading = "%nUsage: ",
    header = "Lists what runs on this host, in whichever process",
    descriptionHeading = "%n",
    description = "The kernel is asked; there is no file and no daemon.")
public final class StatusCommand implements Callable<ExitStatus> {
  private final Console console;
  private final Supplier<RunRegistry> registry;
  private final InstantSource clock;

  @Mixin(name = "OUTPUT")
  private final OutputOptions output = new OutputOptions();

  public StatusCommand(Console console, Supplier<RunRegistry> registry, InstantSource clock) {
    this.console = console;
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public ExitStatus call() {
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
