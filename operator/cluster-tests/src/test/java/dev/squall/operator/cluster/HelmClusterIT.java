// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.squall.cli.docs.MarkdownPage;
import dev.squall.operator.api.install.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The chart in the hands of Helm.
@NeedsCluster
class HelmClusterIT {
  private static final String CHART = "../chart";
  private static final String SYSTEM = Installation.NAMESPACE;
  private static final String NAMESPACE_OBJECT = "Namespace \"" + SYSTEM + '"';
  private static final String LOSS =
      """
      targets: [{selector: {labels: {app: web}}}]
      faults: [{loss: 100%}]
      """;

  private final Cluster cluster = Cluster.shared();

  @BeforeEach
  void helmIsHere() {
    CommandResult version = cluster.helm("version", "--short");
    assumeTrue(version.exitCode() == 0, "helm is missing: " + version.error().strip());
  }

  private static Stream<Map<String, String>> settings() {
    return Stream.of(
        Map.of(),
        Map.of(
            "chaosMesh", "true",
            "openNamespaces", "all",
            "controller.replicas", "2",
            "images.agent", "registry.example/agent:1"));
  }

  /// But for the namespace, which Helm makes itself.
  @ParameterizedTest
  @MethodSource("settings")
  void itMakesTheSameObjectsAsInstall(Map<String, String> settings) throws IOException {
    String rendered =
        helm("template squall %s -n %s --kube-version 1.32.0".formatted(CHART, SYSTEM), settings)
            .output();
    Map<String, JsonNode> installed = objects(Installation.in(SYSTEM, settings).documents());
    assertThat(installed.remove(NAMESPACE_OBJECT)).isNotNull();
    assertThat(objects(List.of(rendered))).isEqualTo(installed);
  }

  @Test
  void whatItInstallsWorksAndIsGoneWhenItUninstalls(@TempDir Path folder) {
    InstalledSquall.removeAll(cluster);
    Map<String, String> images = InstalledSquall.loadImages(cluster, folder);
    helm(documented().replace("operator/chart", CHART), images);
    try (TestNamespace shop = cluster.namespace("helm")) {
      cluster.kubectl("label", "namespace", shop.name(), "squall.dev/inject=enabled").successful();
      TestPod web = shop.start("web", Map.of("app", "web"), cluster.nodes().getFirst());
      TestPod peer = shop.start("peer", Map.of("app", "peer"), cluster.nodes().getLast());
      shop.awaitReady();
      TestExperiment experiment = TestExperiment.apply(shop, SYSTEM, "loss", LOSS);
      experiment.awaitInjecting(1);
      Ping ping = web.traffic().ping(peer.address(), 5, Duration.ofMillis(50));
      assertThat(ping.received()).isZero();
      experiment.delete();
    } finally {
      helm("uninstall squall -n %s --wait".formatted(SYSTEM), Map.of());
    }
    assertThat(
            cluster
                .kubectl("get", "crd,clusterroles,validatingadmissionpolicies", "-o", "name")
                .successful()
                .output())
        .doesNotContain("squall");
    cluster.kubectl("delete", "namespace", SYSTEM, "--timeout=60s").successful();
  }

  /// What the guide says, without the name of the program.
  private static String documented() {
    String program = "helm ";
    return MarkdownPage.of("docs/how-to/install-in-a-cluster.md").fences("sh").stream()
        .flatMap(block -> block.text().stream())
        .filter(line -> line.startsWith(program))
        .map(line -> line.substring(program.length()))
        .findFirst()
        .orElseThrow();
  }

  private CommandResult helm(String command, Map<String, String> settings) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    return cluster.helm(words.toArray(String[]::new)).successful();
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
