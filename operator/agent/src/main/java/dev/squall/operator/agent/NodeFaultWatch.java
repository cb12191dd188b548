// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.SquallApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes on the NodeFaults of one node, and nothing else.
final class NodeFaultWatch implements ResourceEventHandler<NodeFault>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeFaultWatch.class);

  private final String nodeName;
  private final Consumer<Event> listener;
  private final SharedIndexInformer<NodeFault> informer;

  NodeFaultWatch(KubernetesClient client, Settings settings, Consumer<Event> listener) {
    this.nodeName = settings.nodeName();
    this.listener = listener;
    this.informer =
        client
            .resources(NodeFault.class)
            .inNamespace(settings.namespace())
            .withLabel(SquallApi.NODE, SquallApi.nodeLabel(settings.nodeName()))
            .runnableInformer(0)
            .addEventHandler(this)
            .exceptionHandler(NodeFaultWatch::goOn);
  }

  /// Whatever it is (no API server, no CRD yet), it may pass.
  private static boolean goOn(boolean started, Throwable why) {
    LOG.warn("the watch of NodeFaults is interrupted: {}", why.getMessage());
    return true;
  }

  void start() {
    informer.start();
  }

  /// Whether everything that was there at the beginning has been passed on.
  boolean isReady() {
    return informer.hasSynced();
  }

  @Override
  public void onAdd(NodeFault nodeFault) {
    if (nodeFault.getSpec().nodeName().equals(nodeName)) {
      listener.accept(new Event.Applied(nodeFault));
    }
  }

  @Override
  public void onUpdate(NodeFault before, NodeFault nodeFault) {
    // One of the same name that was made while the watch was interrupted.
    if (!before.getMetadata().getUid().equals(nodeFault.getMetadata().getUid())) {
      onDelete(before, true);
    }
    onAdd(nodeFault);
  }

  @Override
  public void onDelete(NodeFault nodeFault, boolean lastStateUnknown) {
    listener.accept(new Event.Deleted(nodeFault.getMetadata().getUid()));
  }

  @Override
  public void close() {
    informer.close();
  }
}
