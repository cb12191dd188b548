// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.Deletion;
import dev.squall.cli.cluster.Experiments;
import dev.squall.cli.cluster.Patience;
import dev.squall.cli.cluster.StopSwitch;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import org.jspecify.annotations.Nullable;

/// Ends experiments of a cluster.
final class ClusterStop {
  private final Console console;
  private final Patience patience;
  private final Cluster cluster;

  ClusterStop(Console console, Patience patience, Cluster cluster) {
    this.console = console;
    this.patience = patience;
    this.cluster = cluster;
  }

  /// Deletes one, and says what it did.
  ExitStatus stop(String name, @Nullable String namespace) throws InterruptedException {
    Deletion deletion = new Deletion(cluster, patience);
    boolean gone = deletion.delete(new Experiments(cluster).find(name, namespace));
    ClusterTable.counts(deletion.counts()).forEach(console::line);
    if (!gone) {
      console.error(
          "squall: %s is being deleted, but its faults have not ended on every node yet; squall doctor --cluster says why"
              .formatted(name));
      return ExitStatus.NOT_CLEAN;
    }
    console.line("stopped %s: its faults have ended".formatted(name));
    return ExitStatus.OK;
  }

  /// Ends all, and lets none begin.
  ExitStatus stopAll() {
    new StopSwitch(cluster).turnOn();
    console.line(
        "the stop switch is on: every node ends its faults within a second, and none begins");
    console.line("release it with: squall resume --all --cluster");
    return ExitStatus.OK;
  }
}
