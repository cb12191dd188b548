// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.experiment.file.ExperimentFile;
import dev.squall.experiment.file.FileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `squall validate`: says whether files could be run, without running them.
@Command(
    customSynopsis = "squall validate FILE...",
    synopsisHeading = "%nUsage: ",
    header = "Checks experiment files without running them",
    descriptionHeading = "%n",
    description = "Says for each problem where it is and what would be right.")
public final class ValidateCommand implements Callable<ExitStatus> {
  private final Console console;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.")
  private List<Path> files = List.of();

  public ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitStatus call() {
    boolean valid = true;
    for (Path file : files) {
      valid &= isValid(file);
    }
    return valid ? ExitStatus.OK : ExitStatus.USAGE;
  }

  private boolean isValid(Path file) {
    try {
      int count = ExperimentFile.read(file).size();
      console.line("%s: ok (%d experiment%s)".formatted(file, count, count == 1 ? "" : "s"));
      return true;
    } catch (FileException invalid) {
      invalid.problems().forEach(problem -> console.error(problem.toString()));
      return false;
    }
  }
}
