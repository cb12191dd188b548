// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.awaitility.Awaitility.await;

import dev.squall.operator.api.chaosmesh.ChaosMesh;
import dev.squall.operator.api.v1alpha1.SquallApi;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The manifests that operator/api carries.
final class Manifests {
  private static final List<String> KINDS =
      List.of("experiments", "experimentschedules", "nodefaults", "peersets", "squallpolicies");

  private static final List<String> CHAOS_MESH_KINDS = List.of("networkchaos", "schedules");

  private Manifests() {}

  /// Makes the resources of `squall.dev` and `chaos-mesh.org` known to the cluster, or brings them
  /// up to date.
  static void applyCrds(Cluster cluster) {
    applyCrds(cluster, SquallApi.GROUP, KINDS);
    applyCrds(cluster, ChaosMesh.GROUP, CHAOS_MESH_KINDS);
  }

  private static void applyCrds(Cluster cluster, String group, List<String> kinds) {
    for (String kind : kinds) {
      apply(cluster, "crds/" + kind + ".yaml");
      String crd = "crd/" + kind + "." + group;
      cluster.kubectl("wait", crd, "--for=condition=Established", "--timeout=30s").successful();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> areFound(cluster, group, kinds.size()));
  }

  /// Whether clients can find them; kubectl keeps for minutes what it once found.
  private static boolean areFound(Cluster cluster, String group, int count) {
    CommandResult found =
        cluster.kubectl("api-resources", "--api-group=" + group, "--cached=false", "-o", "name");
    return found.exitCode() == 0 && found.lines().size() == count;
  }

  /// Applies a file.
  ///
  /// @param name below `dev/squall/operator/api`
  static void apply(Cluster cluster, String name) {
    objects(cluster.client(), name)
        .forEach(object -> cluster.client().resource(object).forceConflicts().serverSideApply());
  }

  /// Removes what a file holds.
  static void delete(Cluster cluster, String name) {
    objects(cluster.client(), name).forEach(object -> cluster.client().resource(object).delete());
  }

  private static Stream<HasMetadata> objects(KubernetesClient client, String name) {
    try (InputStream in = SquallApi.class.getResourceAsStream("/dev/squall/operator/api/" + name)) {
      return client.load(in).items().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
