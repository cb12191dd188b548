// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import dev.squall.operator.api.v1alpha1.SquallPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// A cluster of given objects.
public final class GivenCluster implements ClusterView {
  private final Records records = new Records();
  private final List<PodRecord> pods = new ArrayList<>();
  private final List<ServiceRecord> services = new ArrayList<>();
  private final List<NamespaceRecord> namespaces = new ArrayList<>();
  private final List<NodeRecord> nodes = new ArrayList<>();
  private final List<PolicyRecord> policies = new ArrayList<>();

  /// Takes an object of a kind that clusters are made of.
  public void add(HasMetadata object) {
    switch (object) {
      case SlimPod pod -> pods.add(records.pod(pod));
      case Service service -> services.add(records.service(service));
      case Namespace namespace -> namespaces.add(records.namespace(namespace));
      case Node node -> nodes.add(records.node(node));
      case SquallPolicy policy ->
          policies.add(new PolicyRecord(policy.getMetadata().getName(), policy.getSpec()));
      default -> throw new IllegalArgumentException(object.getKind());
    }
  }

  /// Takes a pod.
  public void add(PodRecord pod) {
    pods.add(pod);
  }

  @Override
  public Collection<PodRecord> pods(String namespace) {
    return pods.stream().filter(pod -> pod.identity().namespace().equals(namespace)).toList();
  }

  @Override
  public Collection<ServiceRecord> services(String namespace) {
    return services.stream().filter(service -> service.namespace().equals(namespace)).toList();
  }

  @Override
  public NamespaceRecord namespace(String name) {
    return namespaces.stream().filter(space -> space.name().equals(name)).findFirst().orElse(null);
  }

  @Override
  public Map<String, String> nodeLabels(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .map(NodeRecord::labels)
        .orElse(Map.of());
  }

  @Override
  public boolean hasNode(String name) {
    return nodes.stream().anyMatch(node -> node.name().equals(name));
  }

  @Override
  public Collection<PolicyRecord> policies() {
    return policies;
  }
}
