// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/// The switch that ends all experiments of a cluster, and lets none begin: a SquallPolicy.
public final class StopSwitch {
  /// The policy that turns it on, so that nobody's own is changed.
  private static final ObjectKey OURS =
      new ObjectKey(ObjectType.SQUALL_POLICY, null, "stop-switch");

  private final Cluster cluster;

  public StopSwitch(Cluster cluster) {
    this.cluster = cluster;
  }

  public void turnOn() {
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    policy.put("apiVersion", OURS.type().apiVersion()).put("kind", OURS.type().kind());
    policy.putObject("metadata").put("name", OURS.name());
    policy.putObject("spec").put("stop", true);
    cluster.apply(OURS, policy);
  }

  /// Turns it off in whichever policies it is on, and returns their names.
  public List<String> turnOff() {
    List<String> names = names();
    for (String name : names) {
      if (name.equals(OURS.name())) {
        cluster.delete(OURS);
      } else {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("stop", false);
        cluster.change(new ObjectKey(ObjectType.SQUALL_POLICY, null, name), patch);
      }
    }
    return names;
  }

  /// The policies that have it on.
  public List<String> names() {
    Stream<JsonNode> policies = cluster.list(ObjectType.SQUALL_POLICY, null, "").stream();
    return policies
        .filter(policy -> policy.at("/spec/stop").asBoolean())
        .map(policy -> policy.at("/metadata/name").asText())
        .toList();
  }
}
