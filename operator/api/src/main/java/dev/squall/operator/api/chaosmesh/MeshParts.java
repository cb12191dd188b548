// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.cluster.PodChoice;
import dev.squall.fault.Fault;
import dev.squall.target.Direction;
import dev.squall.target.FlowFilter;
import dev.squall.target.Peer;
import dev.squall.target.Peers;
import dev.squall.target.PortRange;
import dev.squall.target.Ports;
import dev.squall.target.Selection;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is hit in which direction towards whom.
///
/// netem works on what a pod sends: with direction `to` on what the selected pods send to the
/// target, with `from` on what the target's pods send to the selected ones. A partition cuts a way
/// at both its ends.
final class MeshParts {
  /// The part on the selected pods; where external targets have ports, there are more, each with
  /// its port behind a dash.
  static final String SOURCE = "source";

  /// The part on the target's pods.
  static final String TARGET = "target";

  private final Effect effect;
  private final End source;
  private final @Nullable End target;
  private final List<ExternalTargets.AtPort> external;

  /// What happens to the packets.
  ///
  /// @param exceptHost but not to those between pods and their own nodes
  record Effect(List<Fault> faults, boolean exceptHost) {}

  /// One end of the traffic.
  ///
  /// @param networkInterface null means the one with the default route
  record End(PodChoice pods, @Nullable String networkInterface) {

    /// @param device as `eth0` or `eth0@if3`; null or empty means the one with the default route
    static End of(PodChoice pods, String field, @Nullable String device) {
      String name = device == null ? "" : device.replaceFirst("@.*", "");
      if (name.isEmpty()) {
        return new End(pods, null);
      }
      try {
        return new End(pods, new Target.Host(name).networkInterface());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("%s: %s".formatted(field, e.getMessage()), e);
      }
    }
  }

  MeshParts(
      Effect effect, End source, @Nullable End target, List<ExternalTargets.AtPort> external) {
    this.effect = effect;
    this.source = source;
    this.target = target;
    this.external = external;
  }

  /// @param way `to`, `from` or `both`
  List<ExperimentPart> ofNetem(String way) {
    if (!way.equals("to") && target == null) {
      throw new IllegalArgumentException(
          "spec.direction %s: this needs a target, as faults happen to what its pods send"
              .formatted(way));
    }
    if (!way.equals("to") && !external.isEmpty()) {
      throw new IllegalArgumentException(
          "spec.direction %s: externalTargets go with direction to, as nothing can be done to what"
                  .formatted(way)
              + " they send");
    }
    List<ExperimentPart> parts = new ArrayList<>();
    if (!way.equals("from")) {
      addSource(parts, Direction.EGRESS);
    }
    if (!way.equals("to")) {
      addTarget(parts, Direction.EGRESS);
    }
    return parts;
  }

  /// @param way `to`, `from` or `both`
  List<ExperimentPart> ofPartition(String way) {
    List<ExperimentPart> parts = new ArrayList<>();
    switch (way) {
      case "to" -> addBoth(parts, Direction.EGRESS, Direction.INGRESS);
      case "from" -> addBoth(parts, Direction.INGRESS, Direction.EGRESS);
      default -> addBoth(parts, Direction.BOTH, Direction.BOTH);
    }
    return parts;
  }

  private void addBoth(List<ExperimentPart> parts, Direction atSource, Direction atTarget) {
    addSource(parts, atSource);
    addTarget(parts, atTarget);
  }

  private void addSource(List<ExperimentPart> parts, Direction direction) {
    List<ClusterPeer> pods =
        target == null ? List.of() : List.of(new ClusterPeer.Pods(target.pods()));
    boolean anyPort = external.stream().anyMatch(group -> group.ports().isEmpty());
    if (external.isEmpty() || (!anyPort && !pods.isEmpty())) {
      parts.add(part(SOURCE, source, filter(direction, List.of(), List.of()), pods));
    }
    for (ExternalTargets.AtPort group : external) {
      boolean any = group.ports().isEmpty();
      parts.add(
          part(
              any ? SOURCE : SOURCE + "-" + group.ports().getFirst(),
              source,
              filter(direction, group.ports(), group.peers()),
              any ? pods : List.of()));
    }
  }

  /// External targets are peers of the selected pods only. Where both ends are the same pods, one
  /// part is enough: with two, each packet would be hit twice.
  private void addTarget(List<ExperimentPart> parts, Direction direction) {
    if (target == null) {
      return;
    }
    List<ClusterPeer> peers = List.of(new ClusterPeer.Pods(source.pods()));
    TrafficFilter traffic = filter(direction, List.of(), List.of());
    if (!parts.contains(part(SOURCE, target, traffic, peers))) {
      parts.add(part(TARGET, target, traffic, peers));
    }
  }

  private ExperimentPart part(
      String name, End end, TrafficFilter traffic, List<ClusterPeer> peers) {
    return new ExperimentPart(
        name, end.pods(), effect.faults(), traffic, peers, end.networkInterface());
  }

  private TrafficFilter filter(Direction direction, List<PortRange> ports, List<Peer> peers) {
    return new TrafficFilter(
        direction,
        null,
        new Ports(List.of(), ports),
        new Peers(peers, List.of(), effect.exceptHost()),
        FlowFilter.ANY,
        Selection.PACKET);
  }
}
