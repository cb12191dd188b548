// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.NodeFault;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.function.Consumer;

/// Keeps the store of NodeFaults as the cluster has them.
public final class WatchedNodeFaults implements ResourceEventHandler<NodeFault>, AutoCloseable {
  private final NodeFaultStore store;
  private final Consumer<ExperimentReference> listener;
  private final SharedIndexInformer<NodeFault> informer;

  /// @param listener is told whose NodeFault has changed
  public WatchedNodeFaults(
      KubernetesClient client,
      String namespace,
      NodeFaultStore store,
      Consumer<ExperimentReference> listener) {
    this.store = store;
    this.listener = listener;
    this.informer =
        client
            .resources(NodeFault.class)
            .inNamespace(namespace)
            .runnableInformer(0)
            .itemStore(new BasicItemStore<>(Cache::metaNamespaceKeyFunc));
    informer.addEventHandler(this);
    informer.exceptionHandler((started, problem) -> started);
  }

  /// Reads all there are, and goes on watching until it is closed.
  public void start() {
    informer.start().toCompletableFuture().join();
    informer.getStore().list().forEach(store::put);
  }

  /// Whether the watch is there.
  public boolean isWatching() {
    return informer.isWatching();
  }

  /// What the controller has just written itself is no news.
  @Override
  public void onAdd(NodeFault fault) {
    if (store.put(fault)) {
      listener.accept(fault.getSpec().experiment());
    }
  }

  @Override
  public void onUpdate(NodeFault before, NodeFault fault) {
    onAdd(fault);
  }

  @Override
  public void onDelete(NodeFault fault, boolean unknown) {
    store.remove(fault);
    listener.accept(fault.getSpec().experiment());
  }

  @Override
  public void close() {
    informer.close();
  }
}
