// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// The agents of nodes that are not there: they confirm all that NodeFaults ask for, at the agreed
/// time, and see what the controller writes as soon as the API server has it.
final class FakeAgents implements ResourceEventHandler<NodeFault>, AutoCloseable {
  private static final int AT_A_TIME = 16;

  private final Cluster cluster;
  private final SharedIndexInformer<NodeFault> watch;
  private final Map<String, NodeFault> latest = new ConcurrentHashMap<>();
  private final ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(AT_A_TIME);
  private final LongAdder writes = new LongAdder();

  /// @param system the namespace of Squall
  FakeAgents(Cluster cluster, String system) {
    this.cluster = cluster;
    this.watch = cluster.client().resources(NodeFault.class).inNamespace(system).inform(this);
  }

  /// How many nodes are told to hit pods.
  long told() {
    return latest.values().stream().filter(fault -> !fault.getSpec().stop()).count();
  }

  /// How many NodeFaults there are.
  int present() {
    return latest.size();
  }

  /// How many statuses were written.
  long writes() {
    return writes.sum();
  }

  @Override
  public void onAdd(NodeFault fault) {
    latest.put(fault.getMetadata().getName(), fault);
    agents.execute(() -> execute(fault));
  }

  @Override
  public void onUpdate(NodeFault before, NodeFault fault) {
    latest.put(fault.getMetadata().getName(), fault);
    if (!before.getSpec().equals(fault.getSpec())) {
      agents.execute(() -> execute(fault));
    }
  }

  @Override
  public void onDelete(NodeFault fault, boolean unknown) {
    latest.remove(fault.getMetadata().getName());
  }

  private void execute(NodeFault fault) {
    if (fault.getSpec().stop()) {
      write(fault, Phase.Ended);
      return;
    }
    write(fault, Phase.Prepared);
    Duration ahead = Duration.between(Instant.now(), Instant.parse(fault.getSpec().startAt()));
    try {
      Thread.sleep(Duration.ofMillis(Math.max(0, ahead.toMillis())));
      write(fault, Phase.Injecting);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is gone, or asked for otherwise meanwhile, needs no answer.
  private void write(NodeFault fault, Phase phase) {
    permits.acquireUninterruptibly();
    try {
      NodeFault known = latest.get(fault.getMetadata().getName());
      NodeFaultSpec spec = known == null ? null : known.getSpec();
      if (fault.getSpec().equals(spec)) {
        cluster.client().resource(TestExperiment.reported(known, phase, 7)).patchStatus();
        writes.increment();
      }
    } catch (KubernetesClientException e) {
      assert e.getCode() == 404 : e;
    } finally {
      permits.release();
    }
  }

  /// The NodeFaults as they are.
  List<NodeFault> nodeFaults() {
    return List.copyOf(latest.values());
  }

  @Override
  public void close() {
    watch.close();
    agents.shutdownNow();
  }
}
