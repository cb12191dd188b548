// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.run.RunRequest;
import dev.squall.experiment.Budget;
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

  @Option(
      names = "--max-packets",
      paramLabel = "1000",
      description = "Ends it when so many packets are hit on an interface.")
  private @Nullable Long packets;

  @Option(
      names = "--max-flows",
      paramLabel = "10",
      description = "Ends it when more flows than these would be hit.")
  private @Nullable Integer flows;

  @Option(
      names = "--max-share",
      paramLabel = "5%/10s",
      description = "Ends it when a fault hits more than that of 10 s.")
  private Budget.@Nullable ShareLimit share;

  @Mixin private final RequestOptions request = new RequestOptions();

  RunRequest request(String command) {
    return request.request(command);
  }

  Experiment.Limits limits() {
    Budget inPackets = Usage.checked("--max-packets", () -> new Budget(packets, null, share));
    Budget budget =
        Usage.checked("--max-flows", () -> new Budget(inPackets.packets(), flows, share));
    return Usage.checked("--for", () -> new Experiment.Limits(duration, budget));
  }

  @Nullable Long seed() {
    return seed;
  }
}
