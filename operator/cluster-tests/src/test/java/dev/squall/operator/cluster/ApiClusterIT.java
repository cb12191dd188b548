// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.operator.api.v1alpha1.Resources;
import dev.squall.operator.api.v1alpha1.SquallApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a real API server makes of the CRDs of `squall.dev` and `chaos-mesh.org`.
@NeedsCluster
class ApiClusterIT {
  private static final Cluster CLUSTER = Cluster.shared();

  private static TestNamespace namespace;

  @BeforeAll
  static void applyCrds() {
    Manifests.applyCrds(CLUSTER);
    namespace = CLUSTER.namespace("api");
  }

  @AfterAll
  static void removeNamespace() {
    namespace.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "experiment",
        "experimentschedule",
        "nodefault",
        "peerset",
        "squallpolicy",
        "networkchaos",
        "schedule"
      })
  void nothingOfAFullObjectIsPruned(String kind) {
    JsonNode full = full(kind);

    GenericKubernetesResource created = strict(full).create();

    assertThat(missing(full.get("spec"), tree(created).get("spec"), "spec")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"experiment", "experimentschedule", "nodefault"})
  void nothingOfAFullStatusIsPruned(String kind) {
    JsonNode full = named(kind, "status-" + kind);
    Resource<GenericKubernetesResource> object = object(full);
    GenericKubernetesResource created = object.create();
    created.setAdditionalProperty("status", value(full.get("status")));

    GenericKubernetesResource updated = object(Resources.YAML.valueToTree(created)).updateStatus();

    assertThat(missing(full.get("status"), tree(updated).get("status"), "status")).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aWrongObjectIsRefusedInASentence() {
    return Stream.concat(
            Resources.KINDS.keySet().stream().sorted(), Stream.of("networkchaos", "schedule"))
        .flatMap(kind -> Resources.wrong(kind).stream().map(wrong -> refusal(kind, wrong)));
  }

  @Test
  void theSpecOfAnExperimentStaysButItsMetadataMayChange() {
    object(named("experiment", "immutable")).create();

    CommandResult changed = patch("experiment/immutable", "{\"spec\": {\"duration\": \"2m\"}}");
    CommandResult paused =
        CLUSTER.kubectl(
            "annotate", "-n", namespace.name(), "sqx", "immutable", SquallApi.PAUSE + "=true");

    assertThat(changed.error())
        .contains("an experiment cannot be changed: delete it and create another one");
    paused.successful();
  }

  @Test
  void aNodeFaultStaysOnItsNodeAndDoesNotBeginAgain() {
    object(named("nodefault", "stays")).create();

    assertThat(patch("nodefault/stays", "{\"spec\": {\"nodeName\": \"n2\"}}").error())
        .contains("a NodeFault stays on its node");
    assertThat(patch("nodefault/stays", "{\"spec\": {\"experiment\": {\"name\": \"o\"}}}").error())
        .contains("a NodeFault stays with its experiment");
    patch("nodefault/stays", "{\"spec\": {\"stop\": true}}").successful();
    assertThat(patch("nodefault/stays", "{\"spec\": {\"stop\": false}}").error())
        .contains("a NodeFault that was stopped does not begin again");
  }

  @Test
  void kubectlWaitsForConditionsAndShowsHowFarItIs() {
    JsonNode full = named("experiment", "shown");
    GenericKubernetesResource created = object(full).create();
    created.setAdditionalProperty("status", value(full.get("status")));
    object(Resources.YAML.valueToTree(created)).updateStatus();

    CLUSTER
        .kubectl(
            "wait", "-n", namespace.name(), "sqx/shown", "--for=condition=Injected", "--timeout=9s")
        .successful();
    List<String> table =
        CLUSTER.kubectl("get", "-n", namespace.name(), "chaos").successful().lines();

    assertThat(table).anyMatch(line -> line.matches("NAME +PHASE +PODS +HIT +ENDS +AGE *"));
    assertThat(table).anyMatch(line -> line.matches(".*/shown +Running +2 +12 +2026-11-29T.*"));
  }

  @Test
  void kubectlExplainsFieldsOfEachKind() {
    for (String field :
        List.of("sqx.spec.faults.loss", "sqs.spec.template", "sqp.spec.stop", "sqnf", "sqps")) {
      assertThat(CLUSTER.kubectl("explain", field).successful().output())
          .as(field)
          .doesNotContain("<empty>");
    }
  }

  private static DynamicTest refusal(String kind, Resources.Wrong wrong) {
    return dynamicTest(
        kind + wrong.at() + " " + wrong.value(),
        () -> {
          JsonNode object = wrong.in(full(kind));
          KubernetesClientException refused =
              catchThrowableOfType(KubernetesClientException.class, () -> strict(object).create());
          assertThat(refused).as("refusal").isNotNull();
          assertThat(refused.getStatus().getMessage()).contains(wrong.says());
        });
  }

  /// Nothing is kept of it, and no key may be unknown.
  private static Resource<GenericKubernetesResource> strict(JsonNode object) {
    Resource<GenericKubernetesResource> resource = object(object);
    return (Resource<GenericKubernetesResource>)
        resource.dryRun().fieldValidation(FieldValidateable.Validation.STRICT);
  }

  private static Resource<GenericKubernetesResource> object(JsonNode object) {
    GenericKubernetesResource resource =
        Serialization.unmarshal(object.toString(), GenericKubernetesResource.class);
    return CLUSTER
        .client()
        .genericKubernetesResources(resource.getApiVersion(), resource.getKind())
        .resource(resource);
  }

  private static ObjectNode named(String kind, String name) {
    ObjectNode object = full(kind);
    object.withObject("/metadata").put("name", name);
    return object;
  }

  private static ObjectNode full(String kind) {
    ObjectNode object = Resources.full(kind).deepCopy();
    ObjectNode metadata = object.withObject("/metadata");
    if (metadata.has("namespace")) {
      metadata.put("namespace", namespace.name());
    }
    return object;
  }

  private static CommandResult patch(String object, String change) {
    return CLUSTER.kubectl(
        "patch", "-n", namespace.name(), object, "--type=merge", "--patch=" + change);
  }

  private static Object value(JsonNode tree) {
    return Resources.YAML.convertValue(tree, Object.class);
  }

  private static JsonNode tree(GenericKubernetesResource resource) {
    return Resources.YAML.valueToTree(resource);
  }

  /// What is in the first and not in the second, or there with another value.
  private static List<String> missing(JsonNode wanted, JsonNode found, String path) {
    List<String> missing = new ArrayList<>();
    if (wanted.isObject()) {
      wanted.forEachEntry(
          (key, value) -> missing.addAll(missing(value, found.path(key), path + "." + key)));
    } else if (wanted.isArray()) {
      for (int i = 0; i < wanted.size(); i++) {
        missing.addAll(missing(wanted.get(i), found.path(i), path + "[" + i + "]"));
      }
    } else if (!wanted.asText().equals(found.asText())) {
      missing.add(path + ": " + found);
    }
    return missing;
  }
}
