// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.experiment.Experiment;
import dev.squall.experiment.file.ExperimentFile;
import dev.squall.operator.api.v1alpha1.ConditionType;
import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import dev.squall.operator.api.v1alpha1.SquallApi;
import dev.squall.target.Target;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// An Experiment that was applied.
///
/// @param system the namespace of Squall
record TestExperiment(Cluster cluster, String namespace, String name, String system) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;

  /// Applies one.
  ///
  /// @param spec as YAML without indentation
  static TestExperiment apply(TestNamespace namespace, String system, String name, String spec) {
    String head =
        """
        apiVersion: squall.dev/v1alpha1
        kind: Experiment
        metadata: {name: %s, namespace: %s}
        spec:
        """
            .formatted(name, namespace.name());
    namespace.cluster().apply(head + spec.indent(2)).successful();
    return new TestExperiment(namespace.cluster(), namespace.name(), name, system);
  }

  Resource<ExperimentResource> resource() {
    return cluster
        .client()
        .resources(ExperimentResource.class)
        .inNamespace(namespace)
        .withName(name);
  }

  ExperimentStatus status() {
    ExperimentResource found = resource().require();
    return found.getStatus() == null ? ExperimentStatus.EMPTY : found.getStatus();
  }

  /// Waits until the status is as it should be.
  ExperimentStatus await(Predicate<ExperimentStatus> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(this::status, wanted);
  }

  /// Waits until the faults are on so many pods.
  ExperimentStatus awaitInjecting(int pods) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(
            this::status,
            now -> now.reach().pods() != null && now.reach().pods().injecting() == pods);
  }

  /// What the nodes say of its pods.
  List<PodFault> rows() {
    return nodeFaults().stream().flatMap(fault -> fault.getStatus().pods().stream()).toList();
  }

  /// One of its conditions, with status and reason: `True PodsSelected`.
  String condition(ConditionType type) {
    return status().conditions().stream()
        .filter(condition -> condition.getType().equals(type.name()))
        .map(condition -> condition.getStatus() + " " + condition.getReason())
        .findFirst()
        .orElse("absent");
  }

  /// The message of a condition.
  String message(ConditionType type) {
    return status().conditions().stream()
        .filter(condition -> condition.getType().equals(type.name()))
        .map(Condition::getMessage)
        .findFirst()
        .orElse("");
  }

  List<NodeFault> nodeFaults() {
    String uid = resource().require().getMetadata().getUid();
    return nodeFaults(uid);
  }

  List<NodeFault> nodeFaults(String uid) {
    return cluster
        .client()
        .resources(NodeFault.class)
        .inNamespace(system)
        .withLabel(SquallApi.EXPERIMENT_UID, uid)
        .list()
        .getItems();
  }

  /// Names of the pods that nodes are told to hit, as `NAMESPACE/NAME` on a node.
  Set<String> told() {
    return told(resource().require().getMetadata().getUid());
  }

  /// The same for an experiment of another kind.
  Set<String> told(String uid) {
    Set<String> pods = new TreeSet<>();
    for (NodeFault fault : nodeFaults(uid)) {
      for (NodeFaultSpec.Part part : fault.getSpec().parts()) {
        for (Experiment document : ExperimentFile.parse("part", part.experiment())) {
          document.targets().stream()
              .map(Target.Pod.class::cast)
              .map(pod -> pod.name() + " on " + fault.getSpec().nodeName())
              .forEach(pods::add);
        }
      }
    }
    return pods;
  }

  /// Writes what agents would: every pod that is asked for is in this phase.
  void report(Phase phase, long hits) {
    report(nodeFaults(), phase, hits);
  }

  void report(List<NodeFault> faults, Phase phase, long hits) {
    faults.forEach(fault -> patchStatus(reported(fault, phase, hits)));
  }

  /// What is gone meanwhile needs no answer.
  private void patchStatus(NodeFault fault) {
    try {
      cluster.client().resource(fault).patchStatus();
    } catch (KubernetesClientException e) {
      if (e.getCode() != NOT_FOUND) {
        throw e;
      }
    }
  }

  /// A NodeFault with the status that its agent would write: every pod is in this phase.
  static NodeFault reported(NodeFault fault, Phase phase, long hits) {
    List<PodFault> rows = new ArrayList<>();
    for (NodeFaultSpec.Part part : fault.getSpec().parts()) {
      for (Experiment document : ExperimentFile.parse(part.name(), part.experiment())) {
        document
            .targets()
            .forEach(target -> rows.add(row((Target.Pod) target, part.name(), phase, hits)));
      }
    }
    NodeFault reported = new NodeFault();
    reported.setMetadata(
        new ObjectMetaBuilder(fault.getMetadata())
            .withResourceVersion(null)
            .withManagedFields(List.of())
            .build());
    reported.setSpec(fault.getSpec());
    reported.setStatus(
        new NodeFaultStatus(fault.getMetadata().getGeneration(), "test", 0L, List.of(), rows));
    return reported;
  }

  /// Deletes it, and says how long it took until it was gone.
  Duration delete() {
    Instant start = Instant.now();
    resource().delete();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> resource().get() == null);
    return Duration.between(start, Instant.now());
  }

  private static PodFault row(Target.Pod pod, String part, Phase phase, long hits) {
    String[] path = pod.name().split("/", 2);
    return new PodFault(
        new PodFault.PodReference(path[0], path[1], pod.uid()),
        part,
        phase,
        null,
        null,
        List.of(
            new PodFault.RuleCount(
                "loss 5%",
                "egress", new PodFault.Tally(100, 100), new PodFault.Tally(hits, hits), 0, null)));
  }
}
