// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.run.RunRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--audit",
      paramLabel = "FILE.pcapng",
      description = {
        "Writes the headers of all packets hit, with the decision as",
        "a comment, into a file that Wireshark and tcpdump read."
      })
  private @Nullable Path audit;

  @Mixin private final OutputOptions output = new OutputOptions();

  RunRequest request(String command) {
    return new RunRequest(command, dryRun, includeSsh, packets, audit, output.format());
  }
}
