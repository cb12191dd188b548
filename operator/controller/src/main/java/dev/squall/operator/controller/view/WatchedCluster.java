// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import dev.squall.operator.api.v1alpha1.SquallPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The cluster as watches bring it. Whole objects are dropped as soon as they are read.
public final class WatchedCluster implements ClusterView, AutoCloseable {
  private static final String CLUSTER_SCOPED = "";

  /// How many pods come at once: a page of 500 would cost 20 MB.
  private static final long PAGE = 100;

  private final RecordStore<SlimPod, PodRecord> pods;
  private final RecordStore<Namespace, NamespaceRecord> namespaces;
  private final RecordStore<Node, NodeRecord> nodes;
  private final RecordStore<Service, ServiceRecord> services;
  private final RecordStore<SquallPolicy, PolicyRecord> policies;
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

  /// @param listener is told the namespace in which something changed, or `` for all
  public WatchedCluster(Consumer<String> listener) {
    Records records = new Records();
    this.pods = store(records::pod, SlimPod::new, pod -> pod.identity().namespace(), listener);
    this.namespaces = store(records::namespace, Namespace::new, NamespaceRecord::name, listener);
    this.nodes = store(records::node, Node::new, node -> CLUSTER_SCOPED, listener);
    this.services = store(records::service, Service::new, ServiceRecord::namespace, listener);
    this.policies =
        store(
            policy -> new PolicyRecord(policy.getMetadata().getName(), policy.getSpec()),
            SquallPolicy::new,
            policy -> CLUSTER_SCOPED,
            listener);
  }

  /// Reads everything, and goes on watching until it is closed.
  ///
  /// The first state comes in pages. Streamed, it would come again with each watch, and in fabric8
  /// 7.5 without what was deleted between two of them.
  ///
  /// @param client of its own: it takes pods for [SlimPod]s
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException when it cannot be read
  public void start(KubernetesClient client) {
    client.getKubernetesSerialization().registerKubernetesResource("v1", "Pod", SlimPod.class);
    informers.add(
        client
            .resources(SlimPod.class, SlimPodList.class)
            .inAnyNamespace()
            .withLimit(PAGE)
            .runnableInformer(0)
            .itemStore(pods));
    informers.add(client.namespaces().runnableInformer(0).itemStore(namespaces));
    informers.add(client.nodes().runnableInformer(0).itemStore(nodes));
    informers.add(client.services().inAnyNamespace().runnableInformer(0).itemStore(services));
    informers.add(client.resources(SquallPolicy.class).runnableInformer(0).itemStore(policies));
    informers.forEach(informer -> informer.exceptionHandler((started, problem) -> started));
    informers.stream()
        .map(informer -> informer.start().toCompletableFuture())
        .toList()
        .forEach(started -> started.join());
  }

  /// Whether all watches are there.
  public boolean isWatching() {
    return !informers.isEmpty() && informers.stream().allMatch(SharedIndexInformer::isWatching);
  }

  /// How many pods are known.
  public int podCount() {
    return pods.size();
  }

  @Override
  public Collection<PodRecord> pods(String namespace) {
    return pods.in(namespace);
  }

  @Override
  public Collection<ServiceRecord> services(String namespace) {
    return services.in(namespace);
  }

  @Override
  public @Nullable NamespaceRecord namespace(String name) {
    return namespaces.find(CLUSTER_SCOPED, name);
  }

  @Override
  public Map<String, String> nodeLabels(String name) {
    NodeRecord node = nodes.find(CLUSTER_SCOPED, name);
    return node == null ? Map.of() : node.labels();
  }

  @Override
  public boolean hasNode(String name) {
    return nodes.find(CLUSTER_SCOPED, name) != null;
  }

  @Override
  public Collection<PolicyRecord> policies() {
    return policies.in(CLUSTER_SCOPED);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
    informers.clear();
  }

  private static <T extends HasMetadata, R> RecordStore<T, R> store(
      Function<T, R> toRecord,
      Supplier<T> empty,
      Function<R, String> namespace,
      Consumer<String> listener) {
    return new RecordStore<>(
        toRecord,
        empty,
        (before, now) -> {
          R either = now == null ? before : now;
          if (either != null) {
            listener.accept(namespace.apply(either));
          }
        });
  }
}
