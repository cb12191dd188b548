// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.policy;

import dev.squall.operator.controller.view.ClusterView;
import dev.squall.operator.controller.view.NamespaceRecord;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which namespaces may be hit: those that say so themselves, and never those that the cluster
/// itself needs.
///
/// @param own the namespace of Squall
/// @param all whether every namespace is open that is not protected
public record OpenNamespaces(String own, boolean all) {
  static final String LABEL = "squall.dev/inject";
  static final String ANNOTATION = "chaos-mesh.org/inject";

  private static final String ENABLED = "enabled";
  private static final Set<String> PROTECTED =
      Set.of("kube-system", "kube-public", "kube-node-lease");

  /// Why a namespace may not be hit; null: it may.
  @Nullable Refusal refusal(String name, ClusterView cluster) {
    if (PROTECTED.contains(name) || name.equals(own)) {
      return new Refusal(
          "NamespaceProtected",
          "Namespace %s is never hit, because the cluster needs it: choose pods elsewhere."
              .formatted(name));
    }
    NamespaceRecord namespace = cluster.namespace(name);
    if (namespace == null) {
      return new Refusal(
          "NamespaceMissing",
          "There is no namespace %s: make it, or correct its name.".formatted(name));
    }
    if (all
        || ENABLED.equals(namespace.labels().get(LABEL))
        || ENABLED.equals(namespace.annotations().get(ANNOTATION))) {
      return null;
    }
    return new Refusal(
        "NamespaceNotOpen",
        "Namespace %s is not open to faults; this opens it: kubectl label namespace %s %s=%s"
            .formatted(name, name, LABEL, ENABLED));
  }
}
