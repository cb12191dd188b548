// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.completion.Shell;
import dev.squall.cli.completion.Vocabulary;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `squall completion`: teaches a shell the verbs and options.
@Command(
    customSynopsis = "squall completion bash|zsh|fish",
    synopsisHeading = "%nUsage: ",
    header = "Teaches a shell the verbs and options",
    descriptionHeading = "%n",
    description = "Prints a script; its first line says where to put it.")
public final class CompletionCommand implements Callable<ExitStatus> {
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell = Shell.BASH;

  public CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitStatus call() {
    CommandSpec root = Objects.requireNonNull(spec, "spec").root();
    console.text(shell.script(Vocabulary.of(root)));
    return ExitStatus.OK;
  }
}
