// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ObjectKey;
import dev.squall.cli.cluster.ObjectType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cluster in memory: it keeps objects, their finalizers and their versions as an API server
/// does, but nobody acts on them.
final class FakeCluster implements Cluster {
  private static final YAMLMapper YAML = new YAMLMapper();

  final Map<ObjectKey, ObjectNode> objects = new LinkedHashMap<>();
  final Set<ObjectType> served = EnumSet.allOf(ObjectType.class);

  /// Verb and plural of what the user may not do, as `list NODE_FAULT`.
  final Set<String> forbidden = new HashSet<>();

  String minor = "34";
  private final Map<ObjectKey, JsonNode> applied = new HashMap<>();
  private int versions;

  /// Puts an object there.
  ObjectNode put(String yaml) {
    try {
      ObjectNode object = (ObjectNode) YAML.readTree(yaml);
      objects.put(key(object), object);
      return object;
    } catch (IOException neverFromMemory) {
      throw new UncheckedIOException(neverFromMemory);
    }
  }

  ObjectNode get(ObjectType type, @Nullable String namespace, String name) {
    return Optional.ofNullable(objects.get(new ObjectKey(type, namespace, name))).orElseThrow();
  }

  /// All objects of a type.
  List<ObjectNode> all(ObjectType type) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().type() == type)
        .map(Map.Entry::getValue)
        .toList();
  }

  private static ObjectKey key(JsonNode object) {
    return new ObjectKey(
        ObjectType.of(object).orElseThrow(),
        object.at("/metadata/namespace").asText(null),
        object.at("/metadata/name").asText());
  }

  @Override
  public String server() {
    return "https://fake:6443";
  }

  @Override
  public String namespace() {
    return "shop";
  }

  @Override
  public JsonNode version() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("major", "1")
        .put("minor", minor)
        .put("gitVersion", "v1." + minor + ".0");
  }

  @Override
  public boolean serves(ObjectType type) {
    return served.contains(type);
  }

  @Override
  public Optional<JsonNode> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).map(ObjectNode::deepCopy);
  }

  @Override
  public List<JsonNode> list(ObjectType type, @Nullable String namespace, String labels) {
    List<JsonNode> found = new ArrayList<>();
    objects.forEach(
        (key, object) -> {
          if (key.type() == type
              && (namespace == null || namespace.equals(key.namespace()))
              && fits(object, labels)) {
            found.add(object.deepCopy());
          }
        });
    return found;
  }

  private static boolean fits(JsonNode object, String labels) {
    if (labels.isEmpty()) {
      return true;
    }
    String[] words = labels.split("!?=", 2);
    boolean same = object.path("metadata").path("labels").path(words[0]).asText().equals(words[1]);
    return same != labels.contains("!=");
  }

  @Override
  public JsonNode apply(ObjectKey key, JsonNode object) {
    if (!object.equals(applied.put(key, object.deepCopy())) || !objects.containsKey(key)) {
      ObjectNode now = objects.computeIfAbsent(key, _ -> JsonNodeFactory.instance.objectNode());
      merge(now, object);
      now.withObject("/metadata").put("resourceVersion", Integer.toString(++versions));
    }
    return objects.get(key);
  }

  @Override
  public boolean change(ObjectKey key, JsonNode patch) {
    ObjectNode object = objects.get(key);
    if (object != null) {
      merge(object, patch);
      finalizeAll();
    }
    return object != null;
  }

  private static void merge(ObjectNode object, JsonNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isNull()) {
                object.remove(field.getKey());
              } else if (value.isObject()) {
                merge(object.withObjectProperty(field.getKey()), value);
              } else {
                object.set(field.getKey(), value.deepCopy());
              }
            });
  }

  @Override
  public boolean delete(ObjectKey key) {
    ObjectNode object = objects.get(key);
    if (object != null) {
      object.withObject("/metadata").put("deletionTimestamp", "2026-07-01T12:00:00Z");
      finalizeAll();
    }
    return object != null;
  }

  /// Takes away what was deleted and is held by no finalizer, and what is in it; types and
  /// namespaces when nothing is in them any more.
  private void finalizeAll() {
    objects.forEach(
        (key, object) -> {
          if (containers(key).stream().anyMatch(this::isDeleted)) {
            object.withObject("/metadata").put("deletionTimestamp", "2026-07-01T12:00:00Z");
          }
        });
    objects
        .entrySet()
        .removeIf(
            entry ->
                isDeleted(entry.getKey())
                    && !isContainer(entry.getKey())
                    && entry.getValue().at("/metadata/finalizers").isEmpty());
    List<ObjectKey> empty =
        objects.keySet().stream()
            .filter(key -> isContainer(key) && isDeleted(key))
            .filter(key -> objects.keySet().stream().noneMatch(in -> containers(in).contains(key)))
            .toList();
    empty.forEach(objects::remove);
  }

  private boolean isDeleted(ObjectKey key) {
    return objects.containsKey(key) && objects.get(key).at("/metadata").has("deletionTimestamp");
  }

  private static boolean isContainer(ObjectKey key) {
    return key.type() == ObjectType.CRD || key.type() == ObjectType.NAMESPACE;
  }

  private static List<ObjectKey> containers(ObjectKey key) {
    List<ObjectKey> containers = new ArrayList<>();
    if (key.namespace() != null) {
      containers.add(new ObjectKey(ObjectType.NAMESPACE, null, key.namespace()));
    }
    if (key.type() == ObjectType.EXPERIMENT) {
      containers.add(new ObjectKey(ObjectType.CRD, null, "experiments.squall.dev"));
    }
    return containers;
  }

  @Override
  public boolean allows(String verb, ObjectType type, @Nullable String namespace) {
    return !forbidden.contains(verb + " " + type);
  }
}
