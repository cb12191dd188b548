// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.cluster.BlastRadius;
import dev.squall.experiment.cluster.ClusterExperiment;
import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.cluster.Membership;
import dev.squall.experiment.cluster.PodChoice;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an `Experiment` of `squall.dev/v1alpha1` means.
public final class ExperimentMapper {
  private static final Map<String, Membership> MEMBERSHIPS =
      Map.of("Dynamic", Membership.DYNAMIC, "Frozen", Membership.FROZEN);

  private final String root;
  private final String namespace;
  private final FieldProblems problems = new FieldProblems();

  private ExperimentMapper(String root, String namespace) {
    this.root = root;
    this.namespace = namespace;
  }

  /// The experiment that somebody applied.
  ///
  /// @throws InvalidResourceException with all that is wrong in it
  public static ClusterExperiment experiment(ExperimentResource resource) {
    return new ExperimentMapper("spec", resource.getMetadata().getNamespace())
        .map(resource.getSpec());
  }

  /// What the experiments of a schedule are.
  ///
  /// @throws InvalidResourceException with all that is wrong in it
  public static ClusterExperiment template(ExperimentSchedule schedule) {
    return new ExperimentMapper("spec.template", schedule.getMetadata().getNamespace())
        .map(schedule.getSpec().template());
  }

  private ClusterExperiment map(ExperimentSpec spec) {
    Experiment values = new FileValues(root, problems).read(spec);
    PeerMapper peers = new PeerMapper(namespace, problems);
    JsonNode traffic = spec.traffic();
    if (traffic != null && traffic.has("peers")) {
      peers.read(traffic.get("peers"), root + ".traffic.peers");
    }
    List<PodChoice> choices = choices(spec.targets());
    Membership membership = membership(spec.course().membership());
    BlastRadius blastRadius = blastRadius(spec.limits().blastRadius());
    if (values == null || !problems.isEmpty()) {
      throw problems.exception();
    }
    Duration duration = spec.limits().duration() == null ? null : values.duration();
    return new ClusterExperiment(
        parts(spec.targets(), choices, values, peers),
        new ClusterExperiment.Limits(duration, values.budget()),
        values.seed(),
        membership,
        blastRadius,
        spec.course().dryRun());
  }

  private List<PodChoice> choices(List<TargetSpec> targets) {
    if (targets.isEmpty()) {
      problems.add(root + ".targets", "write at least 1, as in [{selector: {labels: {app: web}}}]");
    }
    SelectorMapper selectors = new SelectorMapper(namespace, problems);
    List<PodChoice> choices = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      TargetSpec target = targets.get(i);
      String path = "%s.targets[%d]".formatted(root, i);
      requireInterface(target.networkInterface(), path + ".interface");
      PodChoice choice =
          selectors.choice(
              new PeerSpec.Pods(target.selector(), target.mode(), target.value()), path);
      if (choice != null) {
        choices.add(choice);
      }
    }
    return choices;
  }

  private void requireInterface(@Nullable String networkInterface, String path) {
    if (networkInterface != null) {
      problems.attempt(path, () -> new Target.Host(networkInterface));
    }
  }

  private static List<ExperimentPart> parts(
      List<TargetSpec> targets, List<PodChoice> choices, Experiment values, PeerMapper peers) {
    TrafficFilter filter = values.traffic();
    TrafficFilter traffic = filter.with(filter.peers().including(peers.addresses()));
    List<ExperimentPart> parts = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      parts.add(
          new ExperimentPart(
              "target-" + i,
              choices.get(i),
              values.faults(),
              traffic,
              peers.inCluster(),
              targets.get(i).networkInterface()));
    }
    return parts;
  }

  private Membership membership(@Nullable String word) {
    Membership membership = MEMBERSHIPS.get(word == null ? "Dynamic" : word);
    if (membership == null) {
      problems.add(root + ".membership", word + ": write Dynamic or Frozen");
      return Membership.DYNAMIC;
    }
    return membership;
  }

  private BlastRadius blastRadius(ExperimentSpec.@Nullable BlastRadius spec) {
    if (spec == null) {
      return BlastRadius.UNLIMITED;
    }
    String share = spec.share();
    String path = root + ".blastRadius.";
    Percentage percentage =
        share == null ? null : problems.attempt(path + "share", () -> Percentage.parse(share));
    BlastRadius radius =
        problems.attempt(path + "pods", () -> new BlastRadius(spec.pods(), percentage));
    return radius == null ? BlastRadius.UNLIMITED : radius;
  }
}
