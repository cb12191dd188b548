// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.policy;

import dev.squall.experiment.cluster.ClusterExperiment;
import dev.squall.operator.controller.select.ChosenPods;
import dev.squall.operator.controller.select.PodFit;
import dev.squall.operator.controller.view.ClusterView;
import dev.squall.operator.controller.view.PodRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.TreeSet;

/// What an experiment asks for, and what there is.
///
/// @param chosen the pods of each part, by the part's name
/// @param now by the wall clock, which windows go by
public record Request(
    ClusterExperiment experiment,
    Map<String, ChosenPods> chosen,
    ClusterView cluster,
    OpenNamespaces open,
    Instant now) {

  /// The namespaces whose pods are asked for.
  SequencedCollection<String> namespaces() {
    TreeSet<String> namespaces = new TreeSet<>();
    experiment
        .parts()
        .forEach(part -> namespaces.addAll(PodFit.namespaces(part.pods().selector())));
    return namespaces;
  }

  /// All pods that would be hit, each once.
  List<PodRecord> pods() {
    return chosen.values().stream().flatMap(choice -> choice.pods().stream()).distinct().toList();
  }
}
