// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.experiment.Experiment;
import dev.squall.experiment.cluster.BlastRadius;
import dev.squall.experiment.cluster.ClusterExperiment;
import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.cluster.Membership;
import dev.squall.fault.Fault;
import dev.squall.fault.Rate;
import dev.squall.operator.api.v1alpha1.SquallApi;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaosSpec;
import io.fabric8.chaosmesh.v1alpha1.PodSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a NetworkChaos means here.
///
/// @param remarks what means something else than in Chaos Mesh, or nothing: a sentence each, which
///   begins with the field
public record NetworkChaosMeaning(ClusterExperiment experiment, List<String> remarks) {

  public NetworkChaosMeaning {
    remarks = List.copyOf(remarks);
  }

  /// Reads one. Its duration counts from its creation.
  ///
  /// @param membership what becomes of pods that appear later; Chaos Mesh knows only FROZEN
  /// @throws IllegalArgumentException with a sentence for the user when it cannot be done
  public static NetworkChaosMeaning of(NetworkChaos chaos, Membership membership) {
    NetworkChaosSpec spec = chaos.getSpec();
    List<String> remarks = new ArrayList<>();
    requireHere(spec);
    List<Fault> faults = MeshFaults.of(spec, remarks);
    boolean exceptHost =
        ScheduleRuns.isTrue(chaos.getMetadata().getAnnotations(), SquallApi.EXCEPT_HOST);
    List<ExperimentPart> parts =
        parts(
            spec,
            new MeshParts.Effect(faults, exceptHost),
            new PodChoices(chaos.getMetadata().getNamespace(), remarks));
    sayThatLinesAreSeveral(faults, parts, remarks);
    if (!exceptHost) {
      sayThatProbesAreHit(parts, remarks);
    }
    Duration duration = duration(spec.getDuration(), remarks);
    return new NetworkChaosMeaning(
        new ClusterExperiment(parts, duration, null, membership, BlastRadius.UNLIMITED, false),
        remarks);
  }

  private static void requireHere(NetworkChaosSpec spec) {
    String cluster = SpecFields.remoteCluster(spec);
    if (cluster != null) {
      throw new IllegalArgumentException(
          "spec.remoteCluster %s: faults happen only in the cluster of this object; create it there"
              .formatted(cluster));
    }
  }

  private static List<ExperimentPart> parts(
      NetworkChaosSpec spec, MeshParts.Effect effect, PodChoices choices) {
    MeshParts.End source =
        MeshParts.End.of(
            choices.of("spec", spec.getSelector(), spec.getMode(), spec.getValue()),
            "spec.device",
            spec.getDevice());
    MeshParts parts = new MeshParts(effect, source, target(spec, choices), externalTargets(spec));
    String way = spec.getDirection() == null ? "to" : spec.getDirection();
    return spec.getAction().equals("partition") ? parts.ofPartition(way) : parts.ofNetem(way);
  }

  private static MeshParts.@Nullable End target(NetworkChaosSpec spec, PodChoices choices) {
    PodSelector target = spec.getTarget();
    return target == null
        ? null
        : MeshParts.End.of(
            choices.of("spec.target", target.getSelector(), target.getMode(), target.getValue()),
            "spec.targetDevice",
            spec.getTargetDevice());
  }

  private static List<ExternalTargets.AtPort> externalTargets(NetworkChaosSpec spec) {
    List<String> texts = spec.getExternalTargets();
    return ExternalTargets.of(texts == null ? List.of() : texts);
  }

  private static void sayThatLinesAreSeveral(
      List<Fault> faults, List<ExperimentPart> parts, List<String> remarks) {
    long lines = parts.stream().filter(part -> part.name().startsWith(MeshParts.SOURCE)).count();
    if (lines > 1 && faults.stream().anyMatch(Rate.class::isInstance)) {
      remarks.add(
          "spec.externalTargets: each port is a line of its own with the whole rate, where Chaos"
              + " Mesh has one line for all.");
    }
  }

  private static void sayThatProbesAreHit(List<ExperimentPart> parts, List<String> remarks) {
    ExperimentPart first = parts.getFirst();
    if (first.peers().isEmpty() && first.traffic().peers().included().isEmpty()) {
      remarks.add(
          "spec.target: without it and externalTargets all traffic of the pods is hit, and what they"
              + " answer to the kubelet's probes is part of it; the annotation %s: \"true\" spares"
                  .formatted(SquallApi.EXCEPT_HOST)
              + " it.");
    }
  }

  private static @Nullable Duration duration(@Nullable String text, List<String> remarks) {
    if (text == null || text.isEmpty()) {
      remarks.add(
          "spec.duration: without it the faults stay until the object is deleted; where the"
              + " controller is away for 30s, they end.");
      return null;
    }
    Duration duration = GoText.duration("spec.duration", text);
    if (duration.compareTo(Experiment.SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "spec.duration %s: over before it can begin".formatted(text));
    }
    return duration;
  }
}
