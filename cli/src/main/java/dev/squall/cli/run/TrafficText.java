// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.experiment.Experiment;
import dev.squall.target.Direction;
import dev.squall.target.FlowExtent;
import dev.squall.target.FlowFilter;
import dev.squall.target.Selection;
import dev.squall.target.TrafficFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says in words what an experiment does, where, and to which packets.
final class TrafficText {
  private TrafficText() {}

  /// `loss 5% on egress of netns web (eth0), tcp, peer 10.0.0.0/8, peer port 443`.
  static String describe(RunPlan plan) {
    Experiment experiment = plan.experiment();
    String what =
        experiment.faults().stream()
            .map(fault -> fault.describe() + " on " + direction(experiment.directionOf(fault)))
            .collect(Collectors.joining(" and "));
    String where = String.join(" and ", plan.places().phrases());
    return Stream.concat(Stream.of(what + " of " + where), selection(experiment.traffic()).stream())
        .collect(Collectors.joining(", "));
  }

  /// The restrictions of the filter, apart from its direction, one phrase each.
  static List<String> selection(TrafficFilter traffic) {
    List<String> phrases = new ArrayList<>();
    if (traffic.protocol() != null) {
      phrases.add(traffic.protocol().toString());
    }
    add(phrases, "peer ", traffic.peers().included());
    add(phrases, "peer port ", traffic.ports().peer());
    add(phrases, "local port ", traffic.ports().local());
    add(phrases, "except ", traffic.peers().excluded());
    addFlows(phrases, traffic.flows());
    if (traffic.selection() != Selection.PACKET) {
      phrases.add("decided per " + traffic.selection());
    }
    return phrases;
  }

  private static void addFlows(List<String> phrases, FlowFilter flows) {
    if (flows.tcpFlags() != null) {
      phrases.add("TCP flags " + flows.tcpFlags());
    }
    add(phrases, "TLS server name ", flows.serverNames());
    if (flows.after() != null) {
      phrases.add("after " + words(flows.after()) + " of a flow");
    }
    if (flows.first() != null) {
      phrases.add("first " + words(flows.first()) + " of a flow");
    }
  }

  private static String words(FlowExtent extent) {
    String packets = extent.amount() == 1 ? " packet" : " packets";
    return extent + (extent.unit() == FlowExtent.Unit.PACKETS ? packets : "");
  }

  private static String direction(Direction direction) {
    return direction == Direction.BOTH ? "egress and ingress" : direction.toString();
  }

  private static void add(List<String> phrases, String title, List<?> values) {
    if (!values.isEmpty()) {
      phrases.add(
          title + values.stream().map(Object::toString).collect(Collectors.joining(" or ")));
    }
  }
}
