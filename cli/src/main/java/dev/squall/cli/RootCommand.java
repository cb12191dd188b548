// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command without a verb: what every verb understands.
@Command(
    name = "squall",
    customSynopsis = "squall VERB [OPTION...]",
    synopsisHeading = "%nUsage: ",
    header =
        "Makes network faults happen to real packets, counts them in the kernel, and ends them",
    commandListHeading = "%nVERBS%n",
    footer = {
      "",
      "squall VERB --help explains a verb; squall demo shows it all in 20 seconds.",
      "Exit status: 0 done and cleaned up, 2 wrong usage or file, 5 could not inject,",
      "6 could not prove that nothing is left, 130 and 143 ended by Ctrl-C and SIGTERM."
    })
final class RootCommand {
  private final Console console;

  RootCommand(Console console) {
    this.console = console;
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain this and stop.")
  @SuppressWarnings("UnusedVariable") // The parser acts on it itself.
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and stop.")
  @SuppressWarnings("UnusedVariable") // The same.
  private boolean version;

  /// `NO_COLOR` in the environment does the same.
  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "No colours in a terminal either.")
  void noColor(boolean off) {
    if (off) {
      console.withoutColour();
    }
  }
}
