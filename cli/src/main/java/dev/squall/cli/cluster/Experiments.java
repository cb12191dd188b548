// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.fault.FaultException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The experiments of a cluster, found as people name them.
public final class Experiments {
  private static final List<ObjectType> TYPES =
      List.of(ObjectType.EXPERIMENT, ObjectType.NETWORK_CHAOS);

  private static final Map<String, ObjectType> WORDS =
      Map.of("experiment", ObjectType.EXPERIMENT, "networkchaos", ObjectType.NETWORK_CHAOS);

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  private final Cluster cluster;

  public Experiments(Cluster cluster) {
    this.cluster = cluster;
  }

  /// All of them, by namespace and name.
  ///
  /// @param namespace null: of all namespaces
  /// @throws FaultException of kind `ENVIRONMENT` when the cluster knows none of their types
  public List<ClusterRun> list(@Nullable String namespace) {
    List<ClusterRun> runs = new ArrayList<>();
    for (ObjectType type : TYPES) {
      cluster.list(type, namespace, "").forEach(item -> runs.add(ClusterRun.of(type, item)));
    }
    if (runs.isEmpty() && TYPES.stream().noneMatch(cluster::serves)) {
      throw notInstalled();
    }
    runs.sort(
        Comparator.comparing((ClusterRun run) -> String.valueOf(run.key().namespace()))
            .thenComparing(ClusterRun::name));
    return runs;
  }

  /// The one with that name.
  ///
  /// @param name as `web`, which is an Experiment if there is one, else a NetworkChaos; or as
  ///   `networkchaos/web`
  /// @param namespace null: that of the context
  /// @throws FaultException of kind `USER` when there is none
  public JsonNode find(String name, @Nullable String namespace) {
    String place = namespace == null ? cluster.namespace() : namespace;
    String[] words = name.split("/", 2);
    String bare = words[words.length - 1];
    if (!NAME.matcher(bare).matches()) {
      throw new FaultException(
          FaultException.Kind.USER,
          name + ": a name in a cluster has small letters, digits, dashes and dots");
    }
    for (ObjectType type : types(words)) {
      Optional<JsonNode> found = cluster.find(new ObjectKey(type, place, bare));
      if (found.isPresent()) {
        return found.get();
      }
    }
    if (TYPES.stream().noneMatch(cluster::serves)) {
      throw notInstalled();
    }
    throw new FaultException(
        FaultException.Kind.USER,
        "%s: there is no such experiment in namespace %s; squall get -A lists them all"
            .formatted(name, place));
  }

  /// The type of an object that was found.
  public static ObjectKey key(JsonNode object) {
    return ObjectKey.of(ObjectType.of(object).orElseThrow(), object);
  }

  private static List<ObjectType> types(String... words) {
    if (words.length == 1) {
      return TYPES;
    }
    ObjectType type = WORDS.get(words[0]);
    if (type == null) {
      throw new FaultException(
          FaultException.Kind.USER,
          "%s/%s: write a name, or networkchaos/NAME or experiment/NAME"
              .formatted(words[0], words[1]));
    }
    return List.of(type);
  }

  private static FaultException notInstalled() {
    return new FaultException(
        FaultException.Kind.ENVIRONMENT,
        "squall is not installed in this cluster: squall install does that");
  }
}
