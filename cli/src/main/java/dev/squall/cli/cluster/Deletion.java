// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/// Ends one experiment by deleting it.
public final class Deletion {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Cluster cluster;
  private final Patience patience;

  /// What the faults did, as far as it could be read before they were gone.
  private List<FaultCount> counts = List.of();

  public Deletion(Cluster cluster, Patience patience) {
    this.cluster = cluster;
    this.patience = patience;
  }

  /// Waits until the object is gone, which it is once its faults have ended on every node. False:
  /// it is still there when the time is up.
  public boolean delete(JsonNode experiment) throws InterruptedException {
    ObjectKey key = Experiments.key(experiment);
    counts = FaultCount.of(cluster, experiment);
    cluster.delete(key);
    return patience.until(() -> isGone(key), PATIENCE);
  }

  /// What the faults did, as last seen.
  public List<FaultCount> counts() {
    return counts;
  }

  private boolean isGone(ObjectKey key) {
    return cluster
        .find(key)
        .map(
            object -> {
              List<FaultCount> latest = FaultCount.of(cluster, object);
              counts = latest.isEmpty() ? counts : latest;
              return false;
            })
        .orElse(true);
  }
}
