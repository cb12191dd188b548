// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The CRDs, the Java types and the objects of the tests have the same keys.
class SchemaTest {
  /// What has the same schema as something else.
  private static final Set<String> ELSEWHERE =
      Set.of("experimentschedule.spec.template", "experiment.spec.traffic.peers[].pods");

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  @TestFactory
  Stream<DynamicTest> everyFieldIsExplainedAndBounded() {
    return kinds((kind, schema) -> walk(schema, kind, SchemaTest::requireExplainedAndBounded));
  }

  @TestFactory
  Stream<DynamicTest> javaHasTheKeysOfTheCrd() {
    return kinds(
        (kind, schema) -> {
          ParameterizedType resource =
              (ParameterizedType) Resources.KINDS.get(kind).type().getGenericSuperclass();
          Type[] parts = resource.getActualTypeArguments();
          requireSameKeys(parts[0], schema.at("/properties/spec"), "spec");
          if (schema.at("/properties").has("status")) {
            requireSameKeys(parts[1], schema.at("/properties/status"), "status");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> theFullObjectHasEveryKey() {
    return kinds(
        (kind, schema) -> {
          List<String> missing = new ArrayList<>();
          requireEveryKey(schema, objects(kind), kind, missing);
          assertThat(missing).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> theFullObjectGoesThroughJavaUnchanged() {
    return kinds(
        (kind, schema) -> {
          JsonNode full = Resources.full(kind);
          Object read = SERIALIZATION.unmarshal(full.toString(), Resources.KINDS.get(kind).type());
          assertThat(Resources.YAML.readTree(SERIALIZATION.asJson(read))).isEqualTo(full);
        });
  }

  @Test
  void theTemplateOfAScheduleIsTheSpecOfAnExperiment() {
    ObjectNode spec = Resources.schema("experiments").at("/properties/spec").deepCopy();
    ObjectNode template =
        Resources.schema("experimentschedules")
            .at("/properties/spec/properties/template")
            .deepCopy();
    JsonNode immutable = spec.withArray("x-kubernetes-validations").remove(0);
    spec.remove("description");
    template.remove("description");

    assertThat(immutable.get("rule").asText()).isEqualTo("self == oldSelf");
    assertThat(template).isEqualTo(spec);
  }

  @Test
  void podsArePeersAsTheyAreTargets() {
    JsonNode spec = Resources.schema("experiments").at("/properties/spec");
    ObjectNode target = spec.at("/properties/targets/items").deepCopy();
    ObjectNode peer =
        spec.at("/properties/traffic/properties/peers/items/properties/pods").deepCopy();
    target.withObject("/properties").remove("interface");
    target.remove("description");
    peer.remove("description");

    assertThat(peer).isEqualTo(target);
  }

  @TestFactory
  Stream<DynamicTest> everyKeyIsInTheReference() throws IOException {
    String page = Files.readString(Path.of("../../docs/reference/resources.md"));
    String file = Files.readString(Path.of("../../docs/reference/file.md"));
    return kinds(
        (kind, schema) ->
            walk(
                schema,
                kind,
                (path, field) ->
                    names(field)
                        .forEach(
                            key -> {
                              boolean shared = path.endsWith(".faults[]");
                              assertThat(shared ? file : page).as(path).contains("`" + key + "`");
                            })));
  }

  private static Stream<DynamicTest> kinds(KindTest test) {
    return Resources.KINDS.keySet().stream()
        .sorted()
        .map(
            kind ->
                dynamicTest(
                    kind,
                    () -> test.run(kind, Resources.schema(Resources.KINDS.get(kind).plural()))));
  }

  interface KindTest {
    void run(String kind, JsonNode schema) throws Exception;
  }

  private static void walk(JsonNode schema, String path, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(path, schema);
    schema.path("properties").forEachEntry((key, value) -> walk(value, path + "." + key, visitor));
    for (String inner : List.of("items", "additionalProperties")) {
      if (schema.has(inner)) {
        walk(schema.get(inner), path + "[]", visitor);
      }
    }
  }

  private static void requireExplainedAndBounded(String path, JsonNode schema) {
    assertThat(schema.path("description").asText()).as(path).isNotBlank();
    schema
        .path("x-kubernetes-validations")
        .forEach(rule -> assertThat(rule.path("message").asText()).as(path).isNotBlank());
    switch (schema.path("type").asText()) {
      case "array" -> assertThat(schema.has("maxItems")).as(path).isTrue();
      case "string" -> assertThat(schema.has("maxLength") || schema.has("enum")).as(path).isTrue();
      case "object" ->
          assertThat(schema.has("properties") || schema.has("maxProperties")).as(path).isTrue();
      default -> {}
    }
  }

  private static void requireSameKeys(Type type, JsonNode schema, String path) {
    switch (type) {
      case ParameterizedType generic -> {
        Type[] arguments = generic.getActualTypeArguments();
        String inner = generic.getRawType() == Map.class ? "additionalProperties" : "items";
        requireSameKeys(arguments[arguments.length - 1], schema.path(inner), path + "[]");
      }
      case Class<?> record when record.isRecord() -> {
        Map<String, Type> keys = keys(record);
        assertThat(names(schema)).as(path).containsExactlyInAnyOrderElementsOf(keys.keySet());
        keys.forEach(
            (key, value) ->
                requireSameKeys(value, schema.at("/properties/" + key), path + "." + key));
      }
      default -> assertThat(schema.isObject()).as(path).isTrue();
    }
  }

  /// The keys of a record as JSON, those of its groups among them.
  private static Map<String, Type> keys(Class<?> record) {
    Map<String, Type> keys = new TreeMap<>();
    for (RecordComponent component : record.getRecordComponents()) {
      JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        keys.putAll(keys(component.getType()));
      } else {
        keys.put(
            renamed == null ? component.getName() : renamed.value(), component.getGenericType());
      }
    }
    return keys;
  }

  private static List<String> names(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// For an experiment, the template of a schedule too: a failure of DNS goes with little else.
  private static List<JsonNode> objects(String kind) {
    JsonNode full = Resources.full(kind);
    if (!kind.equals("experiment")) {
      return List.of(full);
    }
    ObjectNode other = full.deepCopy();
    other.set("spec", Resources.full("experimentschedule").at("/spec/template"));
    return List.of(full, other);
  }

  private static void requireEveryKey(
      JsonNode schema, List<JsonNode> objects, String path, List<String> missing) {
    if (ELSEWHERE.contains(path)) {
      return;
    }
    for (String key : names(schema)) {
      List<JsonNode> values =
          objects.stream().filter(object -> object.has(key)).map(o -> o.get(key)).toList();
      if (values.isEmpty()) {
        missing.add(path + "." + key);
      }
      requireEveryKey(schema.at("/properties/" + key), values, path + "." + key, missing);
    }
    if (schema.has("items")) {
      List<JsonNode> items = new ArrayList<>();
      objects.forEach(list -> list.forEach(items::add));
      requireEveryKey(schema.get("items"), items, path + "[]", missing);
    }
  }
}
