// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.chaosmesh.ChaosMesh;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.SquallApi;
import dev.squall.operator.controller.run.EventRecorder.Tone;
import dev.squall.operator.controller.view.ClusterView;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells nodes to end, and knows which have not confirmed it.
///
/// A node whose agent is gone ends within a second; but one that is only cut off from the API
/// server goes on until it is reached again, or to the end that it was told before. From here the
/// two look the same.
public final class Ending {
  /// What a node takes to end by itself, with a margin for clocks.
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private static final String SQUALL = SquallApi.GROUP + "/" + SquallApi.VERSION;
  private static final String CHAOS_MESH = ChaosMesh.GROUP + "/" + ChaosMesh.VERSION;
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  private final ClusterView cluster;
  private final NodeFaultStore store;
  private final NodeWriter writer;
  private final EventRecorder events;

  public Ending(
      ClusterView cluster, NodeFaultStore store, NodeWriter writer, EventRecorder events) {
    this.cluster = cluster;
    this.store = store;
    this.writer = writer;
    this.events = events;
  }

  /// Tells those that were not told yet.
  void stop(String uid) {
    List<NodeFaultSpec> going =
        store.of(uid).stream()
            .map(NodeFault::getSpec)
            .filter(spec -> !spec.stop())
            .map(Ending::stopped)
            .toList();
    try {
      if (!going.isEmpty()) {
        writer.apply(going);
      }
    } catch (KubernetesClientException e) {
      LOG.warn("cannot stop nodes={} problem={}", going.size(), e.getMessage());
    }
  }

  private static NodeFaultSpec stopped(NodeFaultSpec spec) {
    return new NodeFaultSpec(
        spec.nodeName(),
        spec.experiment(),
        spec.startAt(),
        spec.durationMillis(),
        true,
        spec.parts());
  }

  /// What was told to nodes that are there and have not confirmed that it is over.
  List<NodeFault> silent(String uid) {
    return store.of(uid).stream()
        .filter(fault -> !NodeSums.isOver(fault) && cluster.hasNode(fault.getSpec().nodeName()))
        .sorted(Comparator.comparing(fault -> fault.getSpec().nodeName()))
        .toList();
  }

  /// When the last of them is over even if it hears nothing.
  static Instant last(List<NodeFault> silent, Instant now) {
    return silent.stream()
        .map(NodeFault::getSpec)
        .map(spec -> Instant.parse(spec.startAt()).plusMillis(spec.durationMillis()).plus(MARGIN))
        .max(Comparator.naturalOrder())
        .orElse(now);
  }

  /// Says that an object goes although some have not confirmed.
  void warnOf(List<NodeFault> silent, Instant now) {
    if (silent.isEmpty()) {
      return;
    }
    ExperimentReference about = silent.getFirst().getSpec().experiment();
    String message =
        "Deleted, but %s did not confirm the end. What is cut off from the API server ends it when it is back, at the latest at %s."
            .formatted(names(silent), last(silent, now));
    LOG.warn("not confirmed experiment={} nodes={}", about.uid(), silent.size());
    String version = about.kind().equals("Experiment") ? SQUALL : CHAOS_MESH;
    events.record(version, about, Tone.Warning, "NotConfirmed", message);
  }

  private static String names(List<NodeFault> faults) {
    return faults.stream()
        .map(fault -> "node " + fault.getSpec().nodeName())
        .collect(Collectors.joining(", "));
  }
}
