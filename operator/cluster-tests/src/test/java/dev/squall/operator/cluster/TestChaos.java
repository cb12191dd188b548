// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.awaitility.Awaitility.await;

import dev.squall.operator.api.chaosmesh.ChaosMesh;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/// The NetworkChaos of a namespace, as its users see them.
record TestChaos(Cluster cluster, String namespace) {
  /// An object among the resources.
  static String file(String name) {
    try (InputStream in = TestChaos.class.getResourceAsStream("networkchaos/" + name + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Applies objects as they are.
  void apply(String yaml) {
    cluster.kubectl(List.of("apply", "-n", namespace, "-f", "-"), yaml).successful();
  }

  /// Deletes objects, and makes them anew as soon as they are gone.
  void replace(String yaml) {
    cluster.kubectl(List.of("replace", "--force", "-n", namespace, "-f", "-"), yaml).successful();
  }

  /// Waits until all faults of all objects are injected.
  ///
  /// @throws AssertionError with what is known of them, when that takes longer than 30 seconds
  void awaitInjected() {
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> all("AllInjected"));
    } catch (ConditionTimeoutException e) {
      String all = "networkchaos.chaos-mesh.org,nodefaults.squall.dev";
      throw new AssertionError(cluster.kubectl("get", all, "-A", "-o", "yaml").output(), e);
    }
  }

  /// Whether there are objects, and a condition is true of each.
  boolean all(String condition) {
    List<GenericKubernetesResource> found = objects().list().getItems();
    return !found.isEmpty() && found.stream().allMatch(chaos -> isTrue(chaos, condition));
  }

  private static boolean isTrue(GenericKubernetesResource chaos, String type) {
    return conditions(chaos).stream()
        .anyMatch(one -> type.equals(one.get("type")) && "True".equals(one.get("status")));
  }

  /// What a condition of the only object says; empty: nothing.
  String reason(String type) {
    return objects().list().getItems().stream()
        .flatMap(chaos -> conditions(chaos).stream())
        .filter(one -> type.equals(one.get("type")))
        .map(one -> String.valueOf(one.getOrDefault("reason", "")))
        .findFirst()
        .orElse("");
  }

  private static List<Map<String, Object>> conditions(GenericKubernetesResource chaos) {
    List<Map<String, Object>> found = chaos.get("status", "conditions");
    return found == null ? List.of() : found;
  }

  /// The finalizers and the status of the only object, without what differs each time: times, the
  /// namespace and generations.
  String status() {
    GenericKubernetesResource chaos = objects().list().getItems().getFirst();
    return "# finalizers: %s%n%s"
        .formatted(
            chaos.getMetadata().getFinalizers(), Serialization.asYaml(chaos.<Object>get("status")))
        .replace("---\n", "")
        .replace(namespace, "NAMESPACE")
        .replaceAll("timestamp: .*", "timestamp: TIME")
        .replaceAll("(NAMESPACE/[a-z]+\"?): [0-9]+", "$1: GENERATION");
  }

  /// Deletes all, and waits until they are gone.
  void delete() {
    objects().delete();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> objects().list().getItems().isEmpty());
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      objects() {
    return cluster
        .client()
        .genericKubernetesResources(ChaosMesh.GROUP + "/" + ChaosMesh.VERSION, "NetworkChaos")
        .inNamespace(namespace);
  }
}
