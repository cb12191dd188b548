// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.run.RunRequest;
import dev.squall.experiment.Experiment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How an experiment of the command line runs: the options of the group RUN. Of those, a file says
/// for itself how long and with which seed.
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

  @Mixin private final RequestOptions request = new RequestOptions();

  RunRequest request(String command) {
    return request.request(command);
  }

  Duration duration() {
    return Usage.checked("--for", () -> Experiment.requireDuration(duration));
  }

  @Nullable Long seed() {
    return seed;
  }
}
