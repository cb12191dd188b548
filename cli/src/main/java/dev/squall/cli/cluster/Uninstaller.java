// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Takes an installation out of a cluster, in whatever state it is.
public final class Uninstaller {
  private static final Duration FAULTS_PATIENCE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String FINALIZERS = "/metadata/finalizers";

  /// What Chaos Mesh's own controller holds its objects by, and Squall's in its place.
  private static final String CHAOS_MESH_FINALIZER = "chaos-mesh/records";

  private static final List<ObjectType> HELD =
      List.of(
          ObjectType.EXPERIMENT,
          ObjectType.EXPERIMENT_SCHEDULE,
          ObjectType.SQUALL_POLICY,
          ObjectType.NODE_FAULT,
          ObjectType.PEER_SET,
          ObjectType.NETWORK_CHAOS,
          ObjectType.SCHEDULE);

  private final Cluster cluster;
  private final Patience patience;
  private final Consumer<String> says;

  /// @param says gets a line about each object
  public Uninstaller(Cluster cluster, Patience patience, Consumer<String> says) {
    this.cluster = cluster;
    this.patience = patience;
    this.says = says;
  }

  /// Ends all faults, then removes everything, and returns what is still there when the time is up.
  public List<String> uninstall() throws InterruptedException {
    endFaults();
    boolean ownsChaosMesh =
        Installed.objects(cluster, ObjectType.CRD).stream()
            .anyMatch(crd -> crd.name().equals("networkchaos.chaos-mesh.org"));
    for (ObjectType type : Installed.TYPES) {
      for (ObjectKey key : Installed.objects(cluster, type)) {
        remove(key);
      }
    }
    boolean gone =
        patience.until(
            () -> {
              release(ownsChaosMesh);
              return left().isEmpty();
            },
            PATIENCE);
    return gone ? List.of() : left().stream().map(this::reason).toList();
  }

  /// By the stop switch, which reaches every node at once; where nobody is left who would take a
  /// NodeFault away, that ends its faults too.
  private void endFaults() throws InterruptedException {
    if (cluster.serves(ObjectType.SQUALL_POLICY)) {
      new StopSwitch(cluster).turnOn();
    }
    if (!patience.until(() -> faults().isEmpty(), FAULTS_PATIENCE)) {
      says.accept("nobody takes the NodeFaults away: deleting them ends their faults");
      faults().forEach(cluster::delete);
    }
  }

  private List<ObjectKey> faults() {
    return cluster.list(ObjectType.NODE_FAULT, null, "").stream()
        .map(fault -> ObjectKey.of(ObjectType.NODE_FAULT, fault))
        .toList();
  }

  private void remove(ObjectKey key) {
    if (key.type() == ObjectType.NAMESPACE && hasOtherPods(key.name())) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("metadata").putObject("labels").putNull("app.kubernetes.io/part-of");
      cluster.change(key, patch);
      says.accept("%s kept: pods that are not Squall's run there".formatted(key));
    } else if (cluster.delete(key)) {
      says.accept("%s removed".formatted(key));
    }
  }

  private boolean hasOtherPods(String namespace) {
    String others = Installed.OURS.replace("=", "!=");
    return !cluster.list(ObjectType.POD, namespace, others).isEmpty();
  }

  /// Nobody is left who would take the finalizers away.
  private void release(boolean ownsChaosMesh) {
    for (ObjectType type : HELD) {
      for (JsonNode object : cluster.list(type, null, "")) {
        release(ObjectKey.of(type, object), object.at(FINALIZERS), ownsChaosMesh);
      }
    }
  }

  private void release(ObjectKey key, JsonNode finalizers, boolean ownsChaosMesh) {
    ArrayNode others = JsonNodeFactory.instance.arrayNode();
    finalizers.forEach(
        finalizer -> {
          String name = finalizer.asText();
          boolean ours =
              name.startsWith("squall.dev/")
                  || (ownsChaosMesh && name.equals(CHAOS_MESH_FINALIZER));
          if (!ours) {
            others.add(name);
          }
        });
    if (others.size() < finalizers.size()) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("metadata").set("finalizers", others);
      cluster.change(key, patch);
    }
  }

  private List<ObjectKey> left() {
    List<ObjectKey> left = new ArrayList<>();
    Stream.concat(Installed.TYPES.stream(), Stream.of(ObjectType.POD))
        .forEach(type -> left.addAll(Installed.objects(cluster, type)));
    return left;
  }

  /// The object, and where the API server knows why it stays, that.
  private String reason(ObjectKey key) {
    String reasons =
        cluster.find(key).stream()
            .flatMap(object -> Condition.of(object).stream())
            .filter(condition -> condition.isTrue() && condition.type().startsWith("Namespace"))
            .map(Condition::message)
            .reduce((first, second) -> first + ", " + second)
            .orElse("");
    return reasons.isEmpty() ? key.toString() : "%s (%s)".formatted(key, reasons);
  }
}
