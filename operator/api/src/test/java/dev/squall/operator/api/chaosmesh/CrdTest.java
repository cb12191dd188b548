// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaosSpec;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaosStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The CRDs are written by hand; what they have to say is compared here.
class CrdTest {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final CustomResourceDefinition NETWORK_CHAOS = crd("networkchaos.yaml");
  private static final CustomResourceDefinition SCHEDULE = crd("schedules.yaml");

  private static CustomResourceDefinition crd(String name) {
    try (InputStream in =
        CrdTest.class.getResourceAsStream("/dev/squall/operator/api/crds/" + name)) {
      return SERIALIZATION.unmarshal(Objects.requireNonNull(in), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CustomResourceDefinitionVersion version(CustomResourceDefinition crd) {
    return crd.getSpec().getVersions().getFirst();
  }

  private static JSONSchemaProps root(CustomResourceDefinition crd) {
    return version(crd).getSchema().getOpenAPIV3Schema();
  }

  @Test
  void theModelHasNoPropertyThatTheCrdLacks() {
    List<String> missing = new ArrayList<>();
    Map<String, JSONSchemaProps> properties = root(NETWORK_CHAOS).getProperties();
    compare("spec", NetworkChaosSpec.class, properties.get("spec"), missing);
    compare("status", NetworkChaosStatus.class, properties.get("status"), missing);

    assertThat(missing).isEmpty();
  }

  private static void compare(
      String path, Class<?> model, @Nullable JSONSchemaProps schema, List<String> missing) {
    for (Field field : model.getDeclaredFields()) {
      JsonProperty property = field.getAnnotation(JsonProperty.class);
      if (property == null) {
        continue;
      }
      JSONSchemaProps found =
          schema == null || schema.getProperties() == null
              ? null
              : schema.getProperties().get(property.value());
      String place = path + "." + property.value();
      if (found == null) {
        missing.add(place);
      } else {
        compareTypes(place, field.getGenericType(), found, missing);
      }
    }
  }

  private static void compareTypes(
      String path, Type type, JSONSchemaProps schema, List<String> missing) {
    boolean fits =
        switch (type) {
          case ParameterizedType list when list.getRawType() == List.class -> {
            compareItems(path, list.getActualTypeArguments()[0], schema, missing);
            yield schema.getType().equals("array");
          }
          case ParameterizedType _ -> schema.getType().equals("object");
          case Class<?> one when one == String.class -> schema.getType().equals("string");
          case Class<?> one when Number.class.isAssignableFrom(one) ->
              schema.getType().equals("integer");
          case Class<?> one -> {
            compare(path, one, schema, missing);
            yield schema.getType().equals("object");
          }
          default -> false;
        };
    if (!fits) {
      missing.add(path + " is a " + schema.getType());
    }
  }

  private static void compareItems(
      String path, Type item, JSONSchemaProps schema, List<String> missing) {
    if (item instanceof Class<?> one && one != String.class) {
      compareTypes(path + "[]", one, schema.getItems().getSchema(), missing);
    }
  }

  /// So that an API server that is given it shows what it prunes.
  @Test
  void theFullObjectsHaveEveryField() {
    List<String> missing = new ArrayList<>();
    requireEveryField("networkchaos", full("networkchaos"), root(NETWORK_CHAOS), missing);
    requireEveryField("schedule", full("schedule"), root(SCHEDULE), missing);

    assertThat(missing)
        .allMatch(path -> path.endsWith(".scheduler"), "a field of Chaos Mesh 1 that is refused");
  }

  private static Object full(String kind) {
    try (InputStream in =
        CrdTest.class.getResourceAsStream("/dev/squall/operator/api/full/" + kind + ".yaml")) {
      return SERIALIZATION.unmarshal(Objects.requireNonNull(in), Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireEveryField(
      String path, @Nullable Object value, JSONSchemaProps schema, List<String> missing) {
    if (value == null) {
      missing.add(path);
      return;
    }
    if (value instanceof Map<?, ?> map && schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, child) -> requireEveryField(path + "." + name, map.get(name), child, missing));
    }
    if (value instanceof List<?> list && schema.getItems() != null) {
      requireEveryField(path + "[]", list.getFirst(), schema.getItems().getSchema(), missing);
    }
  }

  /// What Chaos Mesh's own CRDs and webhooks say of each field: type, whether it is required, what
  /// is possible, default, range.
  @Test
  void eachFieldIsAsChaosMeshHasIt() throws IOException {
    List<String> rows =
        Files.readAllLines(
            Path.of("src/test/resources/dev/squall/operator/api/chaosmesh/crd/fields.txt"));
    List<String> fields = new ArrayList<>();
    describe("NetworkChaos", root(NETWORK_CHAOS), false, fields);
    describe("Schedule", root(SCHEDULE), false, fields);
    if ("write".equals(System.getenv("SQUALL_GOLDEN"))) {
      Files.write(
          Path.of("src/test/resources/dev/squall/operator/api/chaosmesh/crd/fields.txt"), fields);
    }

    assertThat(fields).isEqualTo(rows);
  }

  private static void describe(
      String path, JSONSchemaProps schema, boolean required, List<String> fields) {
    fields.add(
        path
            + " "
            + schema.getType()
            + (schema.getFormat() == null ? "" : " " + schema.getFormat())
            + (required ? ", required" : "")
            + (schema.getEnum() == null || schema.getEnum().isEmpty()
                ? ""
                : ", one of " + schema.getEnum())
            + (schema.getDefault() == null ? "" : ", default " + schema.getDefault())
            + (schema.getMinimum() == null ? "" : ", at least " + schema.getMinimum().intValue())
            + (Boolean.TRUE.equals(schema.getNullable()) ? ", nullable" : ""));
    if (path.endsWith(".networkChaos")) {
      return;
    }
    if (schema.getItems() != null) {
      describe(path + "[]", schema.getItems().getSchema(), false, fields);
    }
    if (schema.getAdditionalProperties() != null) {
      describe(path + "{}", schema.getAdditionalProperties().getSchema(), false, fields);
    }
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, child) ->
                  describe(path + "." + name, child, isRequired(schema, name), fields));
    }
  }

  private static boolean isRequired(JSONSchemaProps schema, String name) {
    return schema.getRequired() != null && schema.getRequired().contains(name);
  }

  @Test
  void thereIsNoSubresource() {
    assertThat(List.of(NETWORK_CHAOS, SCHEDULE))
        .allSatisfy(crd -> assertThat(version(crd).getSubresources()).isNull());
  }

  @Test
  void columnsAreThoseOfChaosMesh() {
    assertThat(version(NETWORK_CHAOS).getAdditionalPrinterColumns())
        .extracting(column -> column.getName() + " " + column.getJsonPath())
        .containsExactly("action .spec.action", "duration .spec.duration");
  }

  @Test
  void namesAreThoseOfChaosMesh() {
    assertThat(NETWORK_CHAOS.getSpec().getNames().getSingular()).isEqualTo("networkchaos");
    assertThat(NETWORK_CHAOS.getMetadata().getName()).isEqualTo("networkchaos.chaos-mesh.org");
    assertThat(SCHEDULE.getMetadata().getName()).isEqualTo("schedules.chaos-mesh.org");
    assertThat(NETWORK_CHAOS.getSpec().getScope()).isEqualTo("Namespaced");
  }

  /// A schedule may be changed, and what it creates may not.
  @Test
  void aScheduleTakesTheSpecOfANetworkChaos() {
    JSONSchemaProps spec = root(crd("networkchaos.yaml")).getProperties().get("spec");
    spec.getXKubernetesValidations().removeIf(rule -> rule.getRule().contains("oldSelf"));

    assertThat(root(SCHEDULE).getProperties().get("spec").getProperties().get("networkChaos"))
        .isEqualTo(spec);
  }

  @Test
  void everyFieldOfASpecIsExplained() {
    List<String> unexplained = new ArrayList<>();
    explain("NetworkChaos", root(NETWORK_CHAOS), unexplained);
    explain("Schedule", root(SCHEDULE), unexplained);

    assertThat(unexplained).allMatch(path -> path.startsWith("Schedule.status.active"));
  }

  private static void explain(String path, JSONSchemaProps schema, List<String> unexplained) {
    if (schema.getDescription() == null) {
      unexplained.add(path);
    }
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach((name, child) -> explain(path + "." + name, child, unexplained));
    }
  }
}
