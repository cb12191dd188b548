// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.PeerSet;
import dev.squall.operator.api.v1alpha1.PeerSetSpec;
import dev.squall.operator.api.v1alpha1.SquallApi;
import dev.squall.operator.controller.plan.ObjectNames;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Writes and removes the objects that nodes read, several at a time.
public final class NodeWriter implements AutoCloseable {
  private static final String MANAGER = "squall-controller";

  /// More at a time only makes each of them slower.
  private static final int AT_A_TIME = 16;

  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final String namespace;
  private final NodeFaultStore store;
  private final Semaphore permits = new Semaphore(AT_A_TIME);
  private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
  private final LongAdder writes = new LongAdder();

  /// @param namespace of Squall
  public NodeWriter(KubernetesClient client, String namespace, NodeFaultStore store) {
    this.client = client;
    this.namespace = namespace;
    this.store = store;
  }

  /// How many objects were written or removed.
  public long writes() {
    return writes.sum();
  }

  /// Tells the nodes. All are tried, also when some fail.
  ///
  /// @throws KubernetesClientException when one could not be written
  public void apply(Collection<NodeFaultSpec> specs) {
    together(specs.stream().<Runnable>map(spec -> () -> apply(spec)).toList());
  }

  /// Writes PeerSets.
  ///
  /// @param sets addresses by the set's name
  public void applyPeerSets(String experimentUid, Map<String, List<String>> sets) {
    List<Runnable> tasks = new ArrayList<>();
    sets.forEach((name, addresses) -> tasks.add(() -> apply(experimentUid, name, addresses)));
    together(tasks);
  }

  /// Removes all that was written for an experiment.
  public void remove(String experimentUid) {
    List<Runnable> tasks = new ArrayList<>();
    store.of(experimentUid).forEach(fault -> tasks.add(() -> remove(fault)));
    tasks.add(() -> removePeerSets(experimentUid));
    together(tasks);
  }

  /// The UIDs of the experiments that have PeerSets.
  Set<String> experimentsWithPeerSets() {
    return client.resources(PeerSet.class).inNamespace(namespace).list().getItems().stream()
        .map(set -> set.getMetadata().getLabels().get(SquallApi.EXPERIMENT_UID))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    writers.shutdownNow();
  }

  private void apply(NodeFaultSpec spec) {
    NodeFault fault = new NodeFault();
    String uid = spec.experiment().uid();
    fault.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(ObjectNames.nodeFault(uid, spec.nodeName()))
            .addToLabels(SquallApi.EXPERIMENT_UID, uid)
            .addToLabels(SquallApi.NODE, SquallApi.nodeLabel(spec.nodeName()))
            .build());
    fault.setSpec(spec);
    fault.setStatus(null);
    store.put(client.resource(fault).fieldManager(MANAGER).forceConflicts().serverSideApply());
  }

  private void apply(String experimentUid, String name, List<String> addresses) {
    PeerSet set = new PeerSet();
    set.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .addToLabels(SquallApi.EXPERIMENT_UID, experimentUid)
            .build());
    set.setSpec(new PeerSetSpec(addresses));
    client.resource(set).fieldManager(MANAGER).forceConflicts().serverSideApply();
  }

  private void remove(NodeFault fault) {
    client.resource(fault).withGracePeriod(0).delete();
    store.remove(fault);
  }

  /// Where the kind itself is gone there are none.
  private void removePeerSets(String experimentUid) {
    try {
      client
          .resources(PeerSet.class)
          .inNamespace(namespace)
          .withLabel(SquallApi.EXPERIMENT_UID, experimentUid)
          .delete();
    } catch (KubernetesClientException e) {
      if (e.getCode() != NOT_FOUND) {
        throw e;
      }
    }
  }

  private void together(List<Runnable> tasks) {
    List<CompletableFuture<Void>> futures =
        tasks.stream().map(task -> CompletableFuture.runAsync(() -> run(task), writers)).toList();
    RuntimeException failure = null;
    for (CompletableFuture<Void> future : futures) {
      try {
        future.join();
      } catch (CompletionException e) {
        failure = e.getCause() instanceof KubernetesClientException known ? known : e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void run(Runnable task) {
    permits.acquireUninterruptibly();
    try {
      task.run();
      writes.increment();
    } finally {
      permits.release();
    }
  }
}
