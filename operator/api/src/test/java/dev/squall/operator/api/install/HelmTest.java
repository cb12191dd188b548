// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Helm makes of the chart what `squall install` makes of it.
class HelmTest {
  private static Stream<Map<String, String>> settings() {
    return Stream.of(
        Map.of(),
        Map.of(
            "chaosMesh", "true",
            "openNamespaces", "all",
            "controller.replicas", "2",
            "images.agent", "registry.example/agent:1"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theObjectsAreTheSame(Map<String, String> settings) throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "helm"))),
        "helm is not in the path: go install helm.sh/helm/v3/cmd/helm@v3.22.0");
    String command = "helm template squall ../chart -n chaos --kube-version 1.32.0";
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    Process helm = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String rendered = new String(helm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(helm.waitFor()).isZero();
    assertThat(objects(List.of(rendered)))
        .isEqualTo(objects(Installation.in("chaos", settings).documents()));
  }

  /// By kind and name.
  private static Map<String, JsonNode> objects(List<String> documents) throws IOException {
    Map<String, JsonNode> objects = new TreeMap<>();
    for (String document : documents) {
      new YAMLMapper()
          .readerFor(JsonNode.class)
          .<JsonNode>readValues(document)
          .forEachRemaining(
              object -> {
                if (!object.isNull()) {
                  objects.put(
                      object.path("kind").asText() + " " + object.at("/metadata/name"), object);
                }
              });
    }
    return objects;
  }
}
