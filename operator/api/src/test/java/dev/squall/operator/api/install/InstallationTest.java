// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstallationTest {
  private static List<JsonNode> objects(Map<String, String> settings) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String document : Installation.in("chaos", settings).documents()) {
      YAMLMapper yaml = new YAMLMapper();
      yaml.readerFor(JsonNode.class).<JsonNode>readValues(document).forEachRemaining(objects::add);
    }
    // A document with nothing but a comment is null.
    objects.removeIf(JsonNode::isNull);
    return objects;
  }

  private static JsonNode only(List<JsonNode> objects, String kind) {
    List<JsonNode> those =
        objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
    assertThat(those).hasSize(1);
    return those.getFirst();
  }

  @Test
  void everyTemplateOfTheChartIsApplied() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../chart/templates"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Installation.TEMPLATES.stream().map(name -> name + ".yaml").toList());
    }
  }

  @Test
  void theNamespaceComesFirstAndAllElseIsInIt() throws IOException {
    List<JsonNode> objects = objects(Map.of());
    assertThat(objects.getFirst().path("kind").asText()).isEqualTo("Namespace");
    assertThat(objects.getFirst().at("/metadata/name").asText()).isEqualTo("chaos");
    assertThat(only(objects, "DaemonSet").at("/metadata/namespace").asText()).isEqualTo("chaos");
  }

  @Test
  void accountsAndPoliciesAreOfTheNamespaceThatWasAskedFor() {
    String text = String.join("---\n", Installation.in("chaos", Map.of()).documents());
    assertThat(text)
        .contains("system:serviceaccount:chaos:squall-agent", "kind: ClusterRoleBinding")
        .doesNotContain("squall-system");
  }

  @Test
  void everythingIsLabelledSoThatItIsFoundAgain() throws IOException {
    for (JsonNode object : objects(Map.of("chaosMesh", "true"))) {
      JsonNode labels = object.path("metadata").path("labels");
      assertThat(labels.path("app.kubernetes.io/part-of").asText())
          .as(object.path("kind") + " " + object.at("/metadata/name"))
          .isEqualTo("squall");
    }
  }

  /// Must-haves of a privileged agent: no more than it needs, and all of it said.
  @Test
  void theAgentHasThePrivilegesThatItNeedsAndNoMore() throws IOException {
    JsonNode pod = only(objects(Map.of()), "DaemonSet").at("/spec/template/spec");
    JsonNode context = pod.at("/containers/0/securityContext");
    assertThat(context.at("/privileged").asBoolean(true)).isFalse();
    assertThat(context.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(context.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(context.at("/capabilities/add"))
        .extracting(JsonNode::asText)
        .containsExactly("BPF", "NET_ADMIN", "PERFMON", "SYS_ADMIN", "SYS_PTRACE");
    assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(pod.path("hostNetwork").isMissingNode()).isTrue();
    assertThat(pod.path("volumes"))
        .as("nothing of the host")
        .allSatisfy(volume -> assertThat(volume.has("emptyDir")).isTrue());
  }

  /// A webhook whose pod does not come up can hold up a whole cluster.
  @Test
  void nothingIsCheckedByAWebhook() throws IOException {
    assertThat(objects(Map.of("chaosMesh", "true")))
        .extracting(object -> object.path("kind").asText())
        .contains("ValidatingAdmissionPolicy")
        .noneMatch(kind -> kind.endsWith("WebhookConfiguration"));
  }

  @Test
  void theControllerHasNoPrivileges() throws IOException {
    JsonNode pod = only(objects(Map.of()), "Deployment").at("/spec/template/spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    JsonNode context = pod.at("/containers/0/securityContext");
    assertThat(context.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(context.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(context.at("/capabilities/add").isMissingNode()).isTrue();
  }

  @Test
  void settingsReplaceTheValuesOfTheChart() throws IOException {
    List<JsonNode> objects = objects(Map.of("images.agent", "registry.example/agent:1"));
    assertThat(only(objects, "DaemonSet").at("/spec/template/spec/containers/0/image").asText())
        .isEqualTo("registry.example/agent:1");
  }

  @Test
  void anUnknownSettingIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Installation.in("chaos", Map.of("image.agent", "x")))
        .hasMessageStartingWith("image.agent: there is no such setting; there are chaosMesh, ");
  }
}
