// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.fault.FaultException;
import dev.squall.unit.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Brings the objects of an installation into a cluster.
public final class Installer {
  private static final Duration TYPES_PATIENCE = Duration.ofSeconds(30);
  private static final Duration PODS_PATIENCE = Duration.ofMinutes(3);
  private static final Set<ObjectType> GROUND = Set.of(ObjectType.NAMESPACE, ObjectType.CRD);
  private static final Set<ObjectType> WORKLOADS =
      Set.of(ObjectType.DEPLOYMENT, ObjectType.DAEMON_SET);

  private final Cluster cluster;
  private final Patience patience;
  private final Consumer<String> says;

  /// @param says gets a line about each object, and what is waited for
  public Installer(Cluster cluster, Patience patience, Consumer<String> says) {
    this.cluster = cluster;
    this.patience = patience;
    this.says = says;
  }

  /// Applies them in their order, types before what may be of them, and waits until everything
  /// works.
  ///
  /// @throws FaultException of kind `ENVIRONMENT` when it does not in time
  public void install(List<JsonNode> objects) throws InterruptedException {
    List<ObjectKey> ground = apply(objects, true);
    awaitTypes(ground.stream().filter(key -> key.type() == ObjectType.CRD).toList());
    List<ObjectKey> rest = apply(objects, false);
    awaitPods(rest.stream().filter(key -> WORKLOADS.contains(key.type())).toList());
  }

  private List<ObjectKey> apply(List<JsonNode> objects, boolean ground) {
    return objects.stream()
        .filter(object -> GROUND.contains(type(object)) == ground)
        .map(this::apply)
        .toList();
  }

  private static ObjectType type(JsonNode object) {
    return ObjectType.of(object)
        .orElseThrow(() -> new IllegalStateException("unknown kind " + object.path("kind")));
  }

  private ObjectKey apply(JsonNode object) {
    ObjectKey key = ObjectKey.of(type(object), object);
    says.accept(
        isOfOthers(key)
            ? key + " kept: it is not Squall's"
            : key + " " + Application.apply(cluster, key, object));
    return key;
  }

  /// A type that somebody else brought, such as Chaos Mesh: Squall's would take fields away from
  /// objects that are there.
  private boolean isOfOthers(ObjectKey key) {
    return key.type() == ObjectType.CRD
        && cluster.find(key).filter(found -> !Installed.isOurs(found)).isPresent();
  }

  private void awaitTypes(List<ObjectKey> types) throws InterruptedException {
    if (!patience.until(() -> types.stream().allMatch(this::isEstablished), TYPES_PATIENCE)) {
      String missing =
          types.stream()
              .filter(type -> !isEstablished(type))
              .map(ObjectKey::name)
              .collect(Collectors.joining(", "));
      throw notInTime("the API server does not serve %s yet".formatted(missing), TYPES_PATIENCE);
    }
  }

  private boolean isEstablished(ObjectKey type) {
    return cluster.find(type).map(crd -> Condition.isTrue(crd, "Established")).orElse(false);
  }

  private void awaitPods(List<ObjectKey> workloads) throws InterruptedException {
    says.accept(
        "waiting until %s are ready, at most %s ..."
            .formatted(
                workloads.stream().map(ObjectKey::name).collect(Collectors.joining(" and ")),
                DurationText.format(PODS_PATIENCE)));
    if (!patience.until(
        () -> workloads(workloads).stream().allMatch(Workload::isReady), PODS_PATIENCE)) {
      String late =
          workloads(workloads).stream()
              .filter(workload -> !workload.isReady())
              .map(this::lateness)
              .collect(Collectors.joining("; "));
      throw notInTime(late, PODS_PATIENCE);
    }
    says.accept(
        workloads(workloads).stream()
            .map(workload -> "%s: %d ready".formatted(workload.key().name(), workload.ready()))
            .collect(Collectors.joining(", ")));
  }

  private List<Workload> workloads(List<ObjectKey> keys) {
    return keys.stream()
        .map(key -> cluster.find(key).map(object -> Workload.of(key.type(), object)))
        .flatMap(Optional::stream)
        .toList();
  }

  private String lateness(Workload workload) {
    return "%s: %d of %d pods are ready (%s)"
        .formatted(
            workload.key().name(),
            workload.ready(),
            workload.wanted(),
            String.join(", ", workload.obstacles(cluster)));
  }

  private static FaultException notInTime(String what, Duration patience) {
    return new FaultException(
        FaultException.Kind.ENVIRONMENT,
        "after %s %s; squall install again goes on from here, squall uninstall takes all away"
            .formatted(DurationText.format(patience), what));
  }
}
