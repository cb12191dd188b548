// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.run.RunSession;
import dev.squall.experiment.file.ExperimentFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `squall run`: the experiments of a file, one after the other.
@Command(
    customSynopsis = "squall run FILE [RUN]",
    synopsisHeading = "%nUsage: ",
    header = "Runs the experiments of a YAML file",
    descriptionHeading = "%n",
    description = "One document after the other. squall schema describes the form of the file.")
public final class RunCommand implements Callable<ExitStatus> {
  private final RunSession session;
  private final String commandText;

  @Parameters(paramLabel = "FILE", description = "The file; squall schema describes its form.")
  private Path file = Path.of("");

  @Mixin(name = "RUN")
  private final RequestOptions request = new RequestOptions();

  /// `commandText` is what the user typed; other processes see it in `squall status`.
  public RunCommand(RunSession session, String commandText) {
    this.session = session;
    this.commandText = commandText;
  }

  @Override
  public ExitStatus call() {
    return session.run(ExperimentFile.read(file), request.request(commandText));
  }
}
