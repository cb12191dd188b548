// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.OutputFormat;
import picocli.CommandLine.Option;

/// For whom a verb answers.
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "json: one object per line (default text).")
  private OutputFormat format = OutputFormat.TEXT;

  OutputFormat format() {
    return format;
  }
}
