// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.experiment.Experiment;
import dev.squall.experiment.file.ExperimentFile;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec.Part;
import dev.squall.target.Target;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the nodes were told so far: all that a controller has to know to go on where another ended.
///
/// @param clock null: nothing was told yet
/// @param chosen UIDs of the pods that were chosen, by part
/// @param nodes that were told something
/// @param stopped whether some were told to stop
public record Progress(
    @Nullable RunClock clock, Map<String, Set<String>> chosen, Set<String> nodes, boolean stopped) {
  public static final Progress NONE = new Progress(null, Map.of(), Set.of(), false);

  public Progress {
    chosen = Map.copyOf(chosen);
    nodes = Set.copyOf(nodes);
  }

  /// Reads it off the objects.
  ///
  /// @param chosen UIDs of the pods that were chosen, by part
  public static Progress of(Collection<NodeFault> faults, Map<String, Set<String>> chosen) {
    if (faults.isEmpty()) {
      return NONE;
    }
    Instant start =
        faults.stream()
            .map(fault -> Instant.parse(fault.getSpec().startAt()))
            .min(Instant::compareTo)
            .orElseThrow();
    long duration =
        faults.stream().mapToLong(fault -> fault.getSpec().durationMillis()).max().orElseThrow();
    return new Progress(
        new RunClock(start, duration, null),
        chosen,
        faults.stream().map(fault -> fault.getSpec().nodeName()).collect(Collectors.toSet()),
        faults.stream().anyMatch(fault -> fault.getSpec().stop()));
  }

  /// The pods that were chosen, by part, as the objects tell. Those that are given up for a while,
  /// as in a pause, stand in the status only.
  public static Map<String, Set<String>> chosen(Collection<NodeFault> faults) {
    Map<String, Set<String>> chosen = new TreeMap<>();
    faults.forEach(fault -> addChosen(fault, chosen));
    return chosen;
  }

  private static void addChosen(NodeFault fault, Map<String, Set<String>> chosen) {
    NodeFaultSpec spec = fault.getSpec();
    for (Part part : spec.parts()) {
      Set<String> uids = chosen.computeIfAbsent(part.name(), name -> new HashSet<>());
      for (Experiment document : ExperimentFile.parse(part.name(), part.experiment())) {
        document.targets().stream()
            .filter(Target.Pod.class::isInstance)
            .map(target -> ((Target.Pod) target).uid())
            .forEach(uids::add);
      }
    }
    if (spec.parts().isEmpty() && fault.getStatus() != null) {
      fault
          .getStatus()
          .pods()
          .forEach(
              row ->
                  chosen.computeIfAbsent(row.part(), name -> new HashSet<>()).add(row.pod().uid()));
    }
  }
}
