// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.experiment.file.ExperimentFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `squall schema`: the form of experiment files, for editors.
@Command(
    customSynopsis = "squall schema",
    synopsisHeading = "%nUsage: ",
    header = "Prints the JSON schema of experiment files",
    descriptionHeading = "%n",
    description = "It describes one document of a file; editors complete and check by it.")
public final class SchemaCommand implements Callable<ExitStatus> {
  private final Console console;

  public SchemaCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitStatus call() {
    console.line(ExperimentFile.schema().stripTrailing());
    return ExitStatus.OK;
  }
}
