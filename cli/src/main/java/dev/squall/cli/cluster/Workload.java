// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The pods of the controller, or those of the agents.
///
/// @param settled whether the cluster has acted on the latest change of it
record Workload(ObjectKey key, boolean settled, int wanted, int ready) {
  static Workload of(ObjectType type, JsonNode object) {
    JsonNode status = object.path("status");
    boolean seen =
        status.path("observedGeneration").asLong() >= object.at("/metadata/generation").asLong();
    boolean daemons = type == ObjectType.DAEMON_SET;
    int wanted =
        daemons
            ? status.path("desiredNumberScheduled").asInt()
            : object.at("/spec/replicas").asInt(1);
    int updated = status.path(daemons ? "updatedNumberScheduled" : "updatedReplicas").asInt();
    int ready = status.path(daemons ? "numberReady" : "readyReplicas").asInt();
    return new Workload(ObjectKey.of(type, object), seen && updated == wanted, wanted, ready);
  }

  boolean isReady() {
    return settled && ready == wanted;
  }

  /// What keeps its pods from being ready, a sentence each; each reason once.
  List<String> obstacles(Cluster cluster) {
    String label = "app.kubernetes.io/name=" + key.name();
    List<JsonNode> pods = cluster.list(ObjectType.POD, key.namespace(), label);
    if (pods.isEmpty() && wanted > 0) {
      return List.of(
          "no pod of %s was made: kubectl describe %s -n %s says why"
              .formatted(key.name(), key, key.namespace()));
    }
    List<String> obstacles = new ArrayList<>();
    pods.forEach(pod -> obstacles.addAll(obstacles(pod)));
    return obstacles.stream().distinct().limit(3).toList();
  }

  private static List<String> obstacles(JsonNode pod) {
    List<String> obstacles = new ArrayList<>();
    String place = pod.at("/spec/nodeName").asText("no node");
    for (JsonNode condition : pod.at("/status/conditions")) {
      if (condition.path("type").asText().equals("PodScheduled")
          && condition.path("status").asText().equals("False")) {
        obstacles.add("no node takes it: " + condition.path("message").asText());
      }
    }
    for (JsonNode container : pod.at("/status/containerStatuses")) {
      JsonNode waiting = container.at("/state/waiting");
      if (!waiting.isMissingNode() && waiting.has("reason")) {
        obstacles.add(
            "on %s: %s %s"
                .formatted(place, waiting.path("reason").asText(), waiting.path("message").asText())
                .strip());
      }
    }
    return obstacles;
  }
}
