// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.fault.HostCheck;
import dev.squall.fault.HostCheck.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether there is an agent on every node, and why not.
final class AgentChecks {
  private static final String AGENTS = "app.kubernetes.io/name=squall-agent";
  private static final String OS = "kubernetes.io/os";

  private final Cluster cluster;

  AgentChecks(Cluster cluster) {
    this.cluster = cluster;
  }

  /// How many there are, then one for each node without.
  List<HostCheck> checks() {
    Map<String, JsonNode> agents = new HashMap<>();
    SortedSet<String> versions = new TreeSet<>();
    for (JsonNode pod : cluster.list(ObjectType.POD, null, AGENTS)) {
      agents.put(pod.at("/spec/nodeName").asText(), pod);
      versions.add(version(pod.path("spec")));
    }
    List<HostCheck> without = new ArrayList<>();
    List<JsonNode> nodes = cluster.list(ObjectType.NODE, null, "");
    for (JsonNode node : nodes) {
      String name = node.at("/metadata/name").asText();
      String why = reason(node, agents.get(name));
      if (why != null) {
        without.add(new HostCheck("agent on " + name, Outcome.MISSING, why, fix(agents.get(name))));
      }
    }
    List<HostCheck> checks = new ArrayList<>();
    checks.add(all(nodes.size(), without.size(), versions));
    checks.addAll(without);
    return checks;
  }

  /// The tag of the image of a pod's first container.
  static String version(JsonNode spec) {
    String image = spec.at("/containers/0/image").asText();
    return image.substring(image.lastIndexOf(':') + 1);
  }

  private static HostCheck all(int nodes, int without, SortedSet<String> versions) {
    String text = "ready on %d of %d nodes".formatted(nodes - without, nodes);
    if (versions.size() > 1) {
      return new HostCheck(
          "agents",
          Outcome.LIMITED,
          "%s, of several versions: %s".formatted(text, String.join(", ", versions)),
          "squall install brings all to one; while it does, this is as it should be");
    }
    Outcome outcome = without == 0 ? Outcome.OK : Outcome.MISSING;
    return new HostCheck(
        "agents",
        outcome,
        versions.isEmpty() ? text : "%s, version %s".formatted(text, versions.first()),
        versions.isEmpty() ? "squall install" : null);
  }

  /// Null: there is one, and it is ready.
  private static @Nullable String reason(JsonNode node, @Nullable JsonNode agent) {
    if (!Condition.isTrue(node, "Ready")) {
      return "the node is not ready";
    }
    if (agent == null) {
      String system = node.path("metadata").path("labels").path(OS).asText("linux");
      return system.equals("linux") ? "there is none" : "none runs on " + system;
    }
    if (Condition.isTrue(agent, "Ready")) {
      return null;
    }
    JsonNode waiting = agent.at("/status/containerStatuses/0/state/waiting");
    return waiting.isMissingNode()
        ? "it runs, but is not ready"
        : "%s %s"
            .formatted(waiting.path("reason").asText(), waiting.path("message").asText())
            .strip();
  }

  private static @Nullable String fix(@Nullable JsonNode agent) {
    return agent == null
        ? null
        : "kubectl logs -n %s %s says more"
            .formatted(
                agent.at("/metadata/namespace").asText(), agent.at("/metadata/name").asText());
  }
}
