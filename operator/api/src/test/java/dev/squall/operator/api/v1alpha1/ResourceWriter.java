// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.cluster.BlastRadius;
import dev.squall.experiment.cluster.ClusterExperiment;
import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.cluster.Membership;
import dev.squall.experiment.cluster.PodChoice;
import dev.squall.experiment.cluster.PodMode;
import dev.squall.experiment.cluster.PodSelector;
import dev.squall.experiment.file.ExperimentFile;
import dev.squall.target.Peer;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import java.util.List;
import java.util.Map;

/// Writes an experiment as somebody would apply it: the way back from [ExperimentMapper]. All its
/// parts have the same faults and traffic.
final class ResourceWriter {
  private ResourceWriter() {}

  /// The object as JSON.
  static ObjectNode write(ClusterExperiment experiment, String namespace) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("apiVersion", "squall.dev/v1alpha1").put("kind", "Experiment");
    resource.putObject("metadata").put("name", "written").put("namespace", namespace);
    ExperimentPart part = experiment.parts().getFirst();
    ObjectNode spec = fileValues(experiment, part);
    resource.set("spec", spec);
    ArrayNode targets = spec.putArray("targets");
    experiment.parts().forEach(each -> target(each, targets.addObject()));
    peers(part, spec);
    if (experiment.membership() == Membership.FROZEN) {
      spec.put("membership", "Frozen");
    }
    blastRadius(experiment.blastRadius(), spec);
    spec.put("dryRun", experiment.dryRun());
    return resource;
  }

  /// What the file format knows too.
  private static ObjectNode fileValues(ClusterExperiment experiment, ExperimentPart part) {
    TrafficFilter traffic = part.traffic();
    TrafficFilter withoutPeers = traffic.with(traffic.peers().including(List.of()));
    Experiment file =
        new Experiment(
            null,
            List.of(new Target.Host("eth0")),
            part.faults(),
            withoutPeers,
            new Experiment.Limits(
                experiment.duration() == null ? Experiment.DEFAULT_DURATION : experiment.duration(),
                experiment.budget()),
            experiment.seed());
    ObjectNode values = read(ExperimentFile.write(file));
    values.remove("targets");
    if (experiment.duration() == null) {
      values.remove("duration");
    }
    return values;
  }

  private static ObjectNode read(String yaml) {
    try {
      return (ObjectNode) Resources.YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(yaml, e);
    }
  }

  private static void target(ExperimentPart part, ObjectNode target) {
    choice(part.pods(), target);
    if (part.networkInterface() != null) {
      target.put("interface", part.networkInterface());
    }
  }

  private static void choice(PodChoice choice, ObjectNode into) {
    ObjectNode selector = into.putObject("selector");
    switch (choice.selector()) {
      case PodSelector.Named named ->
          named
              .names()
              .forEach((namespace, names) -> list(names, selector.withObject("/names"), namespace));
      case PodSelector.Matching matching -> matching(matching, selector);
    }
    switch (choice.mode()) {
      case PodMode.All _ -> {}
      case PodMode.One _ -> into.put("mode", "one");
      case PodMode.Fixed fixed -> into.put("mode", "fixed").put("value", fixed.count());
      case PodMode.FixedPercent share ->
          into.put("mode", "fixedPercent").put("value", share.percent());
      case PodMode.RandomMaxPercent most ->
          into.put("mode", "randomMaxPercent").put("value", most.percent());
    }
  }

  private static void matching(PodSelector.Matching matching, ObjectNode selector) {
    list(matching.namespaces(), selector, "namespaces");
    for (PodSelector.LabelRequirement label : matching.labels()) {
      ObjectNode expression = selector.withArray("labelExpressions").addObject();
      expression.put("key", label.key()).put("operator", operator(label.operator()));
      list(label.values(), expression, "values");
    }
    map(matching.annotations(), selector, "annotations");
    map(matching.fields(), selector, "fields");
    list(matching.nodes().names(), selector, "nodes");
    map(matching.nodes().labels(), selector, "nodeLabels");
    list(matching.phases(), selector, "phases");
  }

  private static String operator(PodSelector.Operator operator) {
    return switch (operator) {
      case IN -> "In";
      case NOT_IN -> "NotIn";
      case EXISTS -> "Exists";
      case DOES_NOT_EXIST -> "DoesNotExist";
    };
  }

  private static void peers(ExperimentPart part, ObjectNode spec) {
    for (Peer peer : part.traffic().peers().included()) {
      String key =
          switch (peer) {
            case Peer.Network _ -> "address";
            case Peer.HostName _ -> "host";
          };
      addPeer(spec).put(key, peer.toString());
    }
    for (ClusterPeer peer : part.peers()) {
      switch (peer) {
        case ClusterPeer.Pods pods -> choice(pods.choice(), addPeer(spec).putObject("pods"));
        case ClusterPeer.Service service ->
            reference(addPeer(spec), "service", service.namespace(), service.name());
        case ClusterPeer.Route route ->
            reference(
                addPeer(spec),
                route.kind().equals("HTTPRoute") ? "httpRoute" : "grpcRoute",
                route.namespace(),
                route.name());
      }
    }
  }

  private static ObjectNode addPeer(ObjectNode spec) {
    return spec.withObject("/traffic").withArray("peers").addObject();
  }

  private static void reference(ObjectNode peer, String key, String namespace, String name) {
    peer.putObject(key).put("namespace", namespace).put("name", name);
  }

  private static void blastRadius(BlastRadius radius, ObjectNode spec) {
    if (radius.pods() != null) {
      spec.withObject("/blastRadius").put("pods", radius.pods());
    }
    if (radius.share() != null) {
      spec.withObject("/blastRadius").put("share", radius.share().toString());
    }
  }

  private static void list(List<String> values, ObjectNode into, String key) {
    JsonNode list = Resources.YAML.valueToTree(values);
    if (!list.isEmpty()) {
      into.set(key, list);
    }
  }

  private static void map(Map<String, String> values, ObjectNode into, String key) {
    JsonNode map = Resources.YAML.valueToTree(values);
    if (!map.isEmpty()) {
      into.set(key, map);
    }
  }
}
