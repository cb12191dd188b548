// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one fault did in one direction, to one pod or to all of them.
///
/// @param pod null where the figures are of all pods
/// @param fault in words; empty while nothing was counted
public record FaultCount(@Nullable PodState pod, String fault, String direction, Packets packets) {

  /// @param name as `NAMESPACE/NAME`
  /// @param uncovered how long it ran without the faults that it should have had; null: they have
  ///   not begun
  /// @param message why it is refused, waits, or ended early; null: as it should be
  public record PodState(
      String name,
      String node,
      String phase,
      @Nullable Duration uncovered,
      @Nullable String message) {
    static PodState of(String node, JsonNode pod) {
      JsonNode uncovered = pod.at("/timeline/uncoveredMillis");
      return new PodState(
          pod.at("/pod/namespace").asText() + "/" + pod.at("/pod/name").asText(),
          node,
          pod.path("phase").asText(),
          uncovered.isNumber() ? Duration.ofMillis(uncovered.asLong()) : null,
          pod.path("message").asText(null));
    }
  }

  /// @param overflow that should have been hit but passed
  public record Packets(long matched, long hit, long overflow) {
    static Packets of(JsonNode count) {
      return new Packets(
          count.at("/matched/packets").asLong(),
          count.at("/hit/packets").asLong(),
          count.path("overflow").asLong());
    }
  }

  /// Per pod, from the NodeFaults of an experiment if the user may read them, else from its status.
  static List<FaultCount> of(Cluster cluster, JsonNode experiment) {
    if (!cluster.allows("list", ObjectType.NODE_FAULT, null)) {
      return ofStatus(experiment);
    }
    String label = "squall.dev/experiment-uid=" + experiment.at("/metadata/uid").asText();
    List<FaultCount> counts = new ArrayList<>();
    for (JsonNode nodeFault : cluster.list(ObjectType.NODE_FAULT, null, label)) {
      String node = nodeFault.at("/spec/nodeName").asText();
      nodeFault.at("/status/pods").forEach(pod -> counts.addAll(ofPod(node, pod)));
    }
    return counts.isEmpty() ? ofStatus(experiment) : counts;
  }

  private static List<FaultCount> ofPod(String node, JsonNode pod) {
    PodState state = PodState.of(node, pod);
    List<FaultCount> counts = rules(state, pod.path("rules"));
    return counts.isEmpty() ? List.of(new FaultCount(state, "", "", new Packets(0, 0, 0))) : counts;
  }

  private static List<FaultCount> ofStatus(JsonNode experiment) {
    return rules(null, experiment.at("/status/counts"));
  }

  private static List<FaultCount> rules(@Nullable PodState pod, JsonNode rules) {
    List<FaultCount> counts = new ArrayList<>();
    for (JsonNode rule : rules) {
      counts.add(
          new FaultCount(
              pod, rule.path("fault").asText(), rule.path("direction").asText(), Packets.of(rule)));
    }
    return counts;
  }
}
