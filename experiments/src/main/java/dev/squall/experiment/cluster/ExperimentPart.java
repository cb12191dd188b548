// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

import dev.squall.fault.Fault;
import dev.squall.target.TrafficFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Faults on the traffic of one choice of pods.
///
/// @param name of letters, digits and dashes, such as `source`
/// @param traffic its peers are addresses and host names
/// @param peers more peers, by what they are in the cluster: a packet has to go to one of these or
///   to one of the addresses; when nothing fits them, no packet is hit
/// @param networkInterface null means the one with the default route
public record ExperimentPart(
    String name,
    PodChoice pods,
    List<Fault> faults,
    TrafficFilter traffic,
    List<ClusterPeer> peers,
    @Nullable String networkInterface) {

  public ExperimentPart {
    faults = List.copyOf(faults);
    peers = List.copyOf(peers);
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("an experiment has at least one fault");
    }
  }
}
