// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.experiment.Experiment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How long an experiment of the command line runs; in a file, the file says it.
final class RunOptions {
  @Option(
      names = "--for",
      paramLabel = "30s",
      description = "How long (default 60s). Nothing runs without a deadline.")
  private Duration duration = Experiment.DEFAULT_DURATION;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes the same random choices again (default: drawn and printed).")
  private @Nullable Long seed;

  Duration duration() {
    return duration;
  }

  @Nullable Long seed() {
    return seed;
  }
}
