// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.controller.run.RunReport.NodeReports;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What the nodes say, together.
final class NodeSums {
  private NodeSums() {}

  static NodeReports of(Collection<NodeFault> faults) {
    List<NodeFaultStatus> statuses =
        faults.stream().map(NodeFault::getStatus).filter(Objects::nonNull).toList();
    return new NodeReports(
        (int) faults.stream().filter(fault -> !fault.getSpec().parts().isEmpty()).count(),
        faults.stream()
            .filter(fault -> !isOver(fault))
            .map(fault -> fault.getSpec().nodeName())
            .sorted()
            .toList(),
        statuses.stream()
            .flatMap(status -> status.pods().stream())
            .sorted(
                Comparator.comparing(PodFault::part)
                    .thenComparing(row -> row.pod().namespace())
                    .thenComparing(row -> row.pod().name())
                    .thenComparing(row -> row.pod().uid()))
            .toList(),
        statuses.stream().flatMap(status -> status.notes().stream()).distinct().sorted().toList(),
        faults.stream()
            .collect(
                Collectors.toMap(
                    fault -> fault.getSpec().nodeName(),
                    fault -> fault.getMetadata().getGeneration(),
                    Math::max)));
  }

  /// Whether the node has confirmed that nothing of it is attached any more.
  static boolean isOver(NodeFault fault) {
    NodeFaultStatus status = fault.getStatus();
    return status != null
        && Objects.equals(status.observedGeneration(), fault.getMetadata().getGeneration())
        && status.pods().stream().allMatch(NodeSums::isOver);
  }

  private static boolean isOver(PodFault row) {
    return row.phase() == PodFault.Phase.Ended || row.phase() == PodFault.Phase.Refused;
  }
}
