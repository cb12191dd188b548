// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of the cluster now.
public interface ClusterView {
  /// The pods of a namespace, in no order; none for one that is unknown.
  Collection<PodRecord> pods(String namespace);

  /// The Services of a namespace; none for one that is unknown.
  Collection<ServiceRecord> services(String namespace);

  /// A namespace; null: there is none of that name.
  @Nullable NamespaceRecord namespace(String name);

  /// The labels of a node; none for one that is unknown.
  Map<String, String> nodeLabels(String name);

  /// Whether there is a node of that name.
  boolean hasNode(String name);

  /// All policies.
  Collection<PolicyRecord> policies();
}
