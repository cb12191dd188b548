// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.run.RunRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How experiments are run, wherever they come from.
final class RequestOptions {
  @Option(names = "--dry-run", description = "Counts what would be hit and touches nothing.")
  private boolean dryRun;

  @Option(
      names = "--include-ssh",
      description = {
        "Hits your own SSH session too; where the target is",
        "this host, it is spared."
      })
  private boolean includeSsh;

  @Option(
      names = "--packets",
      description = "Shows some of the packets hit: the first, then one in 256.")
  private boolean packets;

  @Mixin private final OutputOptions output = new OutputOptions();

  RunRequest request(String command) {
    return new RunRequest(command, dryRun, includeSsh, packets, output.format());
  }
}
