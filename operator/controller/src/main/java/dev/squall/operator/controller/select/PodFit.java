// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.select;

import dev.squall.experiment.cluster.PodSelector;
import dev.squall.experiment.cluster.PodSelector.NodeChoice;
import dev.squall.operator.controller.view.ClusterView;
import dev.squall.operator.controller.view.PodRecord;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which pods fit a selector.
public final class PodFit {
  private PodFit() {}

  /// The pods that fit, in no order.
  ///
  /// @throws IllegalArgumentException when the selector asks for a field that no pod has
  public static List<PodRecord> find(PodSelector selector, ClusterView cluster) {
    return namespaces(selector).stream()
        .flatMap(namespace -> cluster.pods(namespace).stream())
        .filter(pod -> fits(selector, pod, cluster))
        .toList();
  }

  /// The namespaces in which a selector looks, each once and in order.
  public static SequencedCollection<String> namespaces(PodSelector selector) {
    return new TreeSet<>(
        switch (selector) {
          case PodSelector.Named named -> named.names().keySet();
          case PodSelector.Matching matching -> Set.copyOf(matching.namespaces());
        });
  }

  private static boolean fits(PodSelector selector, PodRecord pod, ClusterView cluster) {
    return switch (selector) {
      case PodSelector.Named named ->
          named
              .names()
              .getOrDefault(pod.identity().namespace(), List.of())
              .contains(pod.identity().name());
      case PodSelector.Matching matching -> fits(matching, pod, cluster);
    };
  }

  private static boolean fits(PodSelector.Matching wanted, PodRecord pod, ClusterView cluster) {
    return wanted.labels().stream().allMatch(requirement -> requirement.fits(pod.labels()))
        && pod.annotations().entrySet().containsAll(wanted.annotations().entrySet())
        && wanted.fields().entrySet().stream()
            .allMatch(field -> field.getValue().equals(value(field.getKey(), pod)))
        && fits(wanted.nodes(), pod.traits().node(), cluster)
        && fits(wanted.phases(), pod.state().phase());
  }

  private static boolean fits(NodeChoice nodes, String node, ClusterView cluster) {
    if (nodes.isAny() || nodes.names().contains(node)) {
      return true;
    }
    Map<String, String> wanted = nodes.labels();
    return !wanted.isEmpty() && cluster.nodeLabels(node).entrySet().containsAll(wanted.entrySet());
  }

  /// One of the phases that are named, if any is, and none of those with a `!`.
  private static boolean fits(List<String> phases, String phase) {
    boolean named = phases.stream().anyMatch(wanted -> !wanted.startsWith("!"));
    return !phases.contains("!" + phase) && (!named || phases.contains(phase));
  }

  private static @Nullable String value(String field, PodRecord pod) {
    return switch (field) {
      case "metadata.name" -> pod.identity().name();
      case "metadata.namespace" -> pod.identity().namespace();
      case "spec.nodeName" -> pod.traits().node();
      case "spec.restartPolicy" -> pod.traits().settings().restartPolicy();
      case "spec.schedulerName" -> pod.traits().settings().scheduler();
      case "spec.serviceAccountName" -> pod.traits().settings().serviceAccount();
      case "status.phase" -> pod.state().phase();
      case "status.podIP" ->
          pod.state().addresses().isEmpty() ? "" : pod.state().addresses().getFirst();
      case "status.nominatedNodeName" -> pod.traits().settings().nominatedNode();
      default ->
          throw new IllegalArgumentException(
              "%s: pods are not chosen by this field; these can be compared: %s"
                  .formatted(field, String.join(", ", PodSelector.FIELDS)));
    };
  }
}
