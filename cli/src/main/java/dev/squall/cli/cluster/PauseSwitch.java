// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.fault.FaultException;
import dev.squall.unit.DurationText;
import java.time.Duration;

/// Lets an experiment hit nothing for a while, by the annotation that its kind has for this.
public final class PauseSwitch {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String SQUALL = "squall.dev/pause";
  private static final String CHAOS_MESH = "experiment.chaos-mesh.org/pause";

  private final Cluster cluster;
  private final Patience patience;

  public PauseSwitch(Cluster cluster, Patience patience) {
    this.cluster = cluster;
    this.patience = patience;
  }

  /// Waits until it is so.
  ///
  /// @param experiment as it is now
  /// @throws FaultException of kind `USER` when it is over, of kind `ENVIRONMENT` when nobody acts
  ///   on the annotation in time
  public void set(JsonNode experiment, boolean paused) throws InterruptedException {
    ObjectKey key = Experiments.key(experiment);
    ClusterRun run = ClusterRun.of(key.type(), experiment);
    if (run.isOver()) {
      throw new FaultException(
          FaultException.Kind.USER,
          "%s is over (%s): there is nothing to %s"
              .formatted(run.name(), run.phase(), paused ? "pause" : "resume"));
    }
    annotate(key, paused);
    if (!patience.until(() -> isPaused(key) == paused, PATIENCE)) {
      throw new FaultException(
          FaultException.Kind.ENVIRONMENT,
          "%s is annotated, but after %s nobody has acted on it; squall doctor --cluster says why"
              .formatted(run.name(), DurationText.format(PATIENCE)));
    }
  }

  private void annotate(ObjectKey key, boolean paused) {
    String name = key.type() == ObjectType.NETWORK_CHAOS ? CHAOS_MESH : SQUALL;
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
    if (paused) {
      annotations.put(name, "true");
    } else {
      annotations.putNull(name);
    }
    cluster.change(key, patch);
  }

  private boolean isPaused(ObjectKey key) {
    return cluster
        .find(key)
        .map(object -> ClusterRun.of(key.type(), object).phase().equals("Paused"))
        .orElse(false);
  }
}
