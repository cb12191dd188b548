// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import dev.squall.operator.api.chaosmesh.ChaosMesh;
import dev.squall.operator.controller.run.Writes;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Chaos Mesh's finalizer. The operator SDK does not take it for one, as its first half is no
/// domain.
public final class RecordsFinalizer {
  private static final String FORCED = "forced";

  private final KubernetesClient client;

  public RecordsFinalizer(KubernetesClient client) {
    this.client = client;
  }

  boolean isSet(NetworkChaos chaos) {
    return chaos.getMetadata().getFinalizers().contains(ChaosMesh.FINALIZER);
  }

  /// @throws io.fabric8.kubernetes.client.KubernetesClientException when the object has changed
  void add(NetworkChaos chaos) {
    List<String> finalizers = new ArrayList<>(chaos.getMetadata().getFinalizers());
    finalizers.add(ChaosMesh.FINALIZER);
    write(chaos, finalizers);
  }

  /// Removes it, and all others too when an annotation says so.
  ///
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException when the object has changed
  void remove(NetworkChaos chaos) {
    List<String> finalizers = new ArrayList<>(chaos.getMetadata().getFinalizers());
    finalizers.removeIf(one -> isForced(chaos) || one.equals(ChaosMesh.FINALIZER));
    write(chaos, finalizers);
  }

  /// Whether it goes whatever state the object is in.
  static boolean isForced(NetworkChaos chaos) {
    Map<String, String> annotations = chaos.getMetadata().getAnnotations();
    return annotations != null && FORCED.equals(annotations.get(ChaosMesh.CLEAN_FINALIZER));
  }

  private void write(NetworkChaos chaos, List<String> finalizers) {
    Map<String, Object> metadata =
        Map.of(
            "finalizers", finalizers, "resourceVersion", chaos.getMetadata().getResourceVersion());
    Writes.merge(client, NetworkChaos.class, chaos.getMetadata(), Map.of("metadata", metadata));
  }
}
