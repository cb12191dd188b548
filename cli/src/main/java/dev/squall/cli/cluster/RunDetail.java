// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// All that is known of one experiment in a cluster.
///
/// @param summary a sentence of the controller; empty while it has said nothing
/// @param conditions as `Injected: the faults are on 3 pods`, and `not Selected: …`
public record RunDetail(
    ClusterRun run, String summary, List<String> conditions, List<FaultCount> counts) {

  /// Reads the rest from the cluster.
  public static RunDetail of(Cluster cluster, JsonNode object) {
    return new RunDetail(
        ClusterRun.of(Experiments.key(object).type(), object),
        object.at("/status/summary").asText(),
        Condition.of(object).stream().map(RunDetail::sentence).toList(),
        FaultCount.of(cluster, object));
  }

  private static String sentence(Condition condition) {
    String word =
        switch (condition.status()) {
          case "True" -> "";
          case "False" -> "not ";
          default -> "perhaps ";
        };
    String why = condition.message().isEmpty() ? condition.reason() : condition.message();
    return why.isEmpty()
        ? word + condition.type()
        : "%s%s: %s".formatted(word, condition.type(), why);
  }
}
