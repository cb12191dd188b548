// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the manifests allow, and to whom.
class InstallTest {
  private static final int MOST_NAMESPACES = 16;

  @ParameterizedTest
  @ValueSource(strings = {"admission", "admission-chaos-mesh"})
  void eachNamespaceIsAskedForByItself(String file) {
    JsonNode policy = named("install/" + file + ".yaml", "ValidatingAdmissionPolicy", "disturb");
    List<String> expressions = new ArrayList<>();
    policy
        .at("/spec/validations")
        .forEach(validation -> expressions.add(validation.get("expression").asText()));

    assertThat(expressions.removeFirst())
        .isEqualTo("size(variables.namespaces) <= " + MOST_NAMESPACES);
    assertThat(expressions)
        .containsExactlyElementsOf(
            IntStream.range(0, MOST_NAMESPACES)
                .mapToObj(
                    i ->
                        "size(variables.namespaces) <= %1$d || authorizer.group('squall.dev')"
                                .formatted(i)
                            + ".resource('targets') .namespace(variables.namespaces[%1$d])"
                                .formatted(i)
                            + ".check('disturb').allowed()")
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"admission", "admission-chaos-mesh"})
  void eachPolicyIsBoundAndDenies(String file) {
    List<JsonNode> objects = Resources.documents("install/" + file + ".yaml");
    List<String> bound =
        objects.stream()
            .filter(object -> object.at("/spec/validationActions/0").asText().equals("Deny"))
            .map(object -> object.at("/spec/policyName").asText())
            .toList();

    assertThat(bound)
        .containsExactlyElementsOf(
            objects.stream()
                .filter(object -> object.get("kind").asText().equals("ValidatingAdmissionPolicy"))
                .map(object -> object.at("/metadata/name").asText())
                .toList());
  }

  @Test
  void nobodyReadsSecretsOrWritesPods() {
    List<String> rights =
        Stream.of("install/rbac.yaml", "install/rbac-chaos-mesh.yaml")
            .flatMap(file -> Resources.documents(file).stream())
            .flatMap(InstallTest::rights)
            .toList();

    assertThat(rights)
        .isNotEmpty()
        .noneMatch(right -> right.matches("secrets .*|.*/exec .*|\\* .*|.* \\*"));
    assertThat(rights.stream().filter(right -> right.startsWith("pods ")))
        .containsExactlyInAnyOrder("pods get", "pods list", "pods watch");
  }

  @Test
  void anAgentWritesNothingButItsStatus() {
    List<String> writes =
        Resources.documents("install/rbac.yaml").stream()
            .filter(object -> object.get("kind").asText().endsWith("Role"))
            .filter(object -> object.at("/metadata/name").asText().equals("squall-agent"))
            .flatMap(InstallTest::rights)
            .filter(right -> !right.matches(".* (get|list|watch)"))
            .toList();

    assertThat(writes)
        .containsExactlyInAnyOrder("nodefaults/status update", "nodefaults/status patch");
  }

  private static JsonNode named(String file, String kind, String part) {
    return Resources.documents(file).stream()
        .filter(object -> object.get("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().contains(part))
        .findFirst()
        .orElseThrow();
  }

  /// Each resource with each verb.
  private static Stream<String> rights(JsonNode role) {
    List<String> rights = new ArrayList<>();
    for (JsonNode rule : role.path("rules")) {
      for (JsonNode resource : rule.get("resources")) {
        rule.get("verbs").forEach(verb -> rights.add(resource.asText() + " " + verb.asText()));
      }
    }
    return rights.stream();
  }
}
