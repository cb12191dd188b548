// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.SquallApi;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// A NodeFault as the controller writes it.
record TestFault(Cluster cluster, String name) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String DOCUMENT =
      """
      targets:
        - pod: %s
          podName: %s/%s
      faults:
        - loss: 100%%
      """;

  /// Loses all that a pod sends, from a second from now on.
  static TestFault lossOf(TestPod pod, Duration duration) {
    Pod object = pod.get();
    String uid = UUID.randomUUID().toString();
    String node = object.getSpec().getNodeName();
    String document =
        DOCUMENT.formatted(object.getMetadata().getUid(), pod.namespace(), pod.name());
    NodeFault nodeFault = new NodeFault();
    nodeFault.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(AgentOnNodes.NAMESPACE)
            .withName(uid)
            .addToLabels(SquallApi.NODE, SquallApi.nodeLabel(node))
            .addToLabels(SquallApi.EXPERIMENT_UID, uid)
            .build());
    nodeFault.setSpec(
        new NodeFaultSpec(
            node,
            new ExperimentReference("Experiment", pod.namespace(), "test", uid),
            Instant.now().plusSeconds(1).toString(),
            duration.toMillis(),
            false,
            List.of(new NodeFaultSpec.Part("main", document, false, null))));
    pod.cluster().client().resource(nodeFault).create();
    return new TestFault(pod.cluster(), uid);
  }

  private Resource<NodeFault> resource() {
    return cluster
        .client()
        .resources(NodeFault.class)
        .inNamespace(AgentOnNodes.NAMESPACE)
        .withName(name);
  }

  void stop() {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"stop\": true}}");
  }

  NodeFaultStatus status() {
    NodeFaultStatus status = resource().require().getStatus();
    return status == null ? NodeFaultStatus.EMPTY : status;
  }

  /// Another one after each write.
  String version() {
    return resource().require().getMetadata().getResourceVersion();
  }

  /// The only pod's row, as soon as it is so.
  PodFault await(Predicate<PodFault> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> status().pods().stream().anyMatch(condition));
    return status().pods().getFirst();
  }

  PodFault awaitPhase(PodFault.Phase phase) {
    return await(row -> row.phase() == phase);
  }

  /// Its row as soon as it works again after it did not.
  ///
  /// @param before its row while it worked first, when it may have begun late
  PodFault awaitReturn(PodFault before) {
    return await(
        row -> row.phase() == PodFault.Phase.Injecting && uncovered(row) > uncovered(before));
  }

  /// For how many milliseconds it did not work but should have.
  static long uncovered(PodFault row) {
    return row.timeline().uncoveredMillis();
  }

  /// Packets that were hit, as the status says.
  static long hits(PodFault row) {
    return row.rules().stream().mapToLong(rule -> rule.hit().packets()).sum();
  }

  @Override
  public void close() {
    resource().delete();
  }
}
