// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.experiment.Experiment;
import dev.squall.experiment.cluster.ClusterExperiment;
import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.file.ExperimentFile;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec.Part;
import dev.squall.operator.controller.select.ChosenPods;
import dev.squall.operator.controller.view.PodRecord;
import dev.squall.target.Peer;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What each node has to do: one document for each part, with the pods of that node.
///
/// @param name of the experiment
/// @param seed of its run
/// @param peers of each part, by the part's name
record NodeParts(
    ClusterExperiment experiment, String name, long seed, Map<String, PeerPlan> peers) {
  private static final int LONGEST_NAME = 63;

  /// The parts of each node, by the node's name.
  Map<String, List<Part>> byNode(Map<String, ChosenPods> chosen) {
    Map<String, List<Part>> nodes = new TreeMap<>();
    for (ExperimentPart part : experiment.parts()) {
      Map<String, List<PodRecord>> pods =
          chosen.getOrDefault(part.name(), ChosenPods.NONE).pods().stream()
              .collect(
                  Collectors.groupingBy(
                      pod -> pod.traits().node(), TreeMap::new, Collectors.toList()));
      PeerPlan plan = peers.getOrDefault(part.name(), PeerPlan.ANY);
      pods.forEach(
          (node, some) ->
              nodes.computeIfAbsent(node, key -> new ArrayList<>()).add(part(part, plan, some)));
    }
    return nodes;
  }

  private Part part(ExperimentPart part, PeerPlan plan, List<PodRecord> pods) {
    List<Target> targets =
        pods.stream()
            .<Target>map(
                pod ->
                    new Target.Pod(pod.uidOnNode(), pod.identity().path(), part.networkInterface()))
            .toList();
    Experiment document =
        new Experiment(
            shortName(),
            targets,
            part.faults(),
            traffic(part.traffic(), plan),
            new Experiment.Limits(duration(experiment.duration()), experiment.budget()),
            seed);
    return new Part(part.name(), ExperimentFile.write(document), experiment.dryRun(), plan.sets());
  }

  private static TrafficFilter traffic(TrafficFilter filter, PeerPlan plan) {
    List<Peer> included = plan.inline().stream().<Peer>map(Peer.Network::new).toList();
    return filter.with(filter.peers().including(included));
  }

  /// The agreed end is in the NodeFault; that of the document is no earlier.
  private static Duration duration(@Nullable Duration duration) {
    return duration == null || duration.compareTo(Experiment.LONGEST) > 0
        ? Experiment.LONGEST
        : duration;
  }

  private String shortName() {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }
}
