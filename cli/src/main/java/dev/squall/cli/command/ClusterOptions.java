// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which cluster a verb works in.
final class ClusterOptions {
  private final Function<ClusterChoice, Cluster> clusters;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "A context of the kubeconfig (default: the current one).")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "(default: $KUBECONFIG, else ~/.kube/config).")
  private @Nullable Path kubeconfig;

  /// @param clusters connects to one
  ClusterOptions(Function<ClusterChoice, Cluster> clusters) {
    this.clusters = clusters;
  }

  /// Whether one of the options was given.
  boolean given() {
    return context != null || kubeconfig != null;
  }

  Cluster connect() {
    return clusters.apply(new ClusterChoice(kubeconfig, context));
  }
}
