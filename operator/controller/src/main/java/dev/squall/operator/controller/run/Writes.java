// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/// How objects are written that others read. All of it throws
/// [io.fabric8.kubernetes.client.KubernetesClientException] when it has to be tried again.
public final class Writes {
  private static final String MANAGER = "squall-controller";
  private static final int CONFLICT = 409;

  private Writes() {}

  /// Writes the status of an object of Squall's own kinds, and nothing else of it.
  ///
  /// @param empty an object of that kind
  /// @param of the object that is meant
  public static <P, S, T extends CustomResource<P, S>> void status(
      KubernetesClient client, T empty, ObjectMeta of, S status) {
    empty.setMetadata(
        new ObjectMetaBuilder().withNamespace(of.getNamespace()).withName(of.getName()).build());
    empty.setSpec(null);
    empty.setStatus(status);
    client
        .resource(empty)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(MANAGER)
                .withForce(true)
                .build());
  }

  /// Writes some fields of an object whose kind has no status subresource.
  ///
  /// @param of the object that is meant
  public static <T extends HasMetadata> void merge(
      KubernetesClient client, Class<T> type, ObjectMeta of, Map<String, ?> fields) {
    client
        .resources(type)
        .inNamespace(of.getNamespace())
        .withName(of.getName())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            client.getKubernetesSerialization().asJson(fields));
  }

  /// Makes an object unless there is one of that name.
  public static void createOnce(KubernetesClient client, HasMetadata object) {
    try {
      client.resource(object).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw e;
      }
    }
  }
}
