// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.experiment.cluster.ClusterExperiment;
import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.cluster.PodChoice;
import dev.squall.experiment.cluster.PodMode;
import dev.squall.experiment.cluster.PodSelector;
import dev.squall.experiment.cluster.PodSelector.LabelRequirement;
import dev.squall.experiment.cluster.PodSelector.Matching;
import dev.squall.experiment.cluster.PodSelector.Named;
import dev.squall.fault.Fault;
import dev.squall.unit.DurationText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An experiment as text that stays the same and that a person can check.
final class ExperimentText {
  private ExperimentText() {}

  static String of(NetworkChaosMeaning meaning) {
    StringBuilder text = new StringBuilder();
    ClusterExperiment experiment = meaning.experiment();
    text.append("for ")
        .append(
            experiment.duration() == null
                ? "as long as it is there"
                : DurationText.format(experiment.duration()))
        .append('\n');
    experiment.parts().forEach(part -> text.append(part(part)));
    meaning.remarks().forEach(remark -> text.append("! ").append(remark).append('\n'));
    return text.toString();
  }

  private static String part(ExperimentPart part) {
    String device = part.networkInterface() == null ? "default" : part.networkInterface();
    return """
    %s: %s
      does    %s
      to      %s of %s, interface %s
    """
        .formatted(
            part.name(),
            pods(part.pods()),
            part.faults().stream().map(Fault::describe).collect(Collectors.joining("; ")),
            part.traffic().direction(),
            traffic(part),
            device);
  }

  static String traffic(ExperimentPart part) {
    List<String> peers =
        Stream.concat(
                part.traffic().peers().included().stream().map(Object::toString),
                part.peers().stream().map(ExperimentText::peer))
            .toList();
    String ports =
        part.traffic().ports().peer().isEmpty()
            ? ""
            : " at TCP and UDP ports " + part.traffic().ports().peer();
    String host = part.traffic().peers().exceptHost() ? ", except with the own node" : "";
    return (peers.isEmpty() ? "all traffic" : "traffic with " + String.join(", ", peers))
        + ports
        + host;
  }

  private static String peer(ClusterPeer peer) {
    return switch (peer) {
      case ClusterPeer.Pods pods -> "(" + pods(pods.choice()) + " and their Services)";
      case ClusterPeer.Service service -> service.toString();
      case ClusterPeer.Route route -> route.toString();
    };
  }

  static String pods(PodChoice choice) {
    return mode(choice.mode()) + " of " + selector(choice.selector());
  }

  private static String mode(PodMode mode) {
    return switch (mode) {
      case PodMode.All _ -> "all";
      case PodMode.One _ -> "one";
      case PodMode.Fixed fixed -> Integer.toString(fixed.count());
      case PodMode.FixedPercent share -> share.percent() + "%";
      case PodMode.RandomMaxPercent share -> "up to " + share.percent() + "%";
    };
  }

  private static String selector(PodSelector selector) {
    return switch (selector) {
      case Named named -> new TreeMap<>(named.names()).toString();
      case Matching matching ->
          String.join("+", matching.namespaces())
              + list(matching.labels().stream().map(ExperimentText::label).toList())
              + map(" annotated ", matching.annotations())
              + map(" where ", matching.fields())
              + (matching.nodes().names().isEmpty() ? "" : " on " + matching.nodes().names())
              + map(" on nodes ", matching.nodes().labels())
              + (matching.phases().isEmpty() ? "" : " that are " + matching.phases());
    };
  }

  private static String label(LabelRequirement label) {
    return "%s %s %s".formatted(label.key(), label.operator(), label.values());
  }

  private static String list(List<String> texts) {
    return texts.isEmpty() ? "" : " with " + String.join(" and ", texts);
  }

  private static String map(String before, Map<String, String> map) {
    return map.isEmpty() ? "" : before + new TreeMap<>(map);
  }
}
