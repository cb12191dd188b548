// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.experiment.cluster.ClusterExperiment;
import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.controller.select.Chance;
import dev.squall.operator.controller.select.PodFit;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/// What somebody applied, be it Squall's or Chaos Mesh's, as far as it decides what happens.
///
/// @param madeAt when it was applied, from which its duration counts
/// @param paused whether nothing is to be hit for the time being
/// @param experiment what it means
public record Subject(
    ExperimentReference reference, Instant madeAt, boolean paused, ClusterExperiment experiment) {

  /// The experiment's seed, or one that belongs to this very object.
  public long seed() {
    Long given = experiment.seed();
    return given == null ? Chance.seed(reference.uid()) : given;
  }

  /// The namespaces whose pods and Services decide what happens.
  public Set<String> namespaces() {
    Set<String> namespaces = new TreeSet<>();
    for (ExperimentPart part : experiment.parts()) {
      namespaces.addAll(PodFit.namespaces(part.pods().selector()));
      for (ClusterPeer peer : part.peers()) {
        switch (peer) {
          case ClusterPeer.Pods pods ->
              namespaces.addAll(PodFit.namespaces(pods.choice().selector()));
          case ClusterPeer.Service service -> namespaces.add(service.namespace());
          case ClusterPeer.Route route -> namespaces.add(route.namespace());
        }
      }
    }
    return namespaces;
  }
}
