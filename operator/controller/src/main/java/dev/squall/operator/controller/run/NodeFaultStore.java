// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.v1alpha1.NodeFault;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The NodeFaults as they are, by experiment: what the watch brings, and what was just written and
/// the watch has not brought yet.
public final class NodeFaultStore {
  private final Map<String, Map<String, NodeFault>> experiments = new ConcurrentHashMap<>();

  /// The NodeFaults of an experiment.
  public Collection<NodeFault> of(String experimentUid) {
    return List.copyOf(experiments.getOrDefault(experimentUid, Map.of()).values());
  }

  /// The NodeFaults of all experiments.
  public Collection<NodeFault> all() {
    return experiments.values().stream().flatMap(faults -> faults.values().stream()).toList();
  }

  /// Takes an object if it is newer than the one that is known, and says whether it is.
  @SuppressWarnings("ReferenceEquality") // It is asked which of the two was kept.
  public boolean put(NodeFault fault) {
    fault.getMetadata().setManagedFields(List.of());
    return fault
        == experiments
            .computeIfAbsent(uid(fault), uid -> new ConcurrentHashMap<>())
            .merge(fault.getMetadata().getName(), fault, NodeFaultStore::newer);
  }

  /// Forgets an object, but not another one of the same name that came later.
  public void remove(NodeFault fault) {
    experiments.computeIfPresent(
        uid(fault),
        (uid, faults) -> {
          faults.computeIfPresent(
              fault.getMetadata().getName(),
              (name, known) ->
                  known.getMetadata().getUid().equals(fault.getMetadata().getUid()) ? null : known);
          return faults.isEmpty() ? null : faults;
        });
  }

  private static NodeFault newer(NodeFault known, NodeFault other) {
    return version(other.getMetadata()) > version(known.getMetadata()) ? other : known;
  }

  private static long version(ObjectMeta metadata) {
    return Long.parseLong(metadata.getResourceVersion());
  }

  private static String uid(NodeFault fault) {
    return fault.getSpec().experiment().uid();
  }
}
