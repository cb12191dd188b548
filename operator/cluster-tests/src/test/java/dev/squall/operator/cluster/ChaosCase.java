// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.cluster.BeaconLog.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A NetworkChaos of one action, direction and kind of target, and whom it has to hit: on pods with
/// the label `app: web`, with those labelled `app: db` or the one called `outside` at the other
/// end.
record ChaosCase(String action, String direction, Peers peers) {
  /// The only domain of its names.
  static final String DOMAIN = "squall-test.example";

  /// Who is at the other end.
  enum Peers {
    NONE,
    PODS,
    ADDRESS,
    NAME,
    NAME_AND_PORT,
    PODS_AND_ADDRESS;

    /// Whether they are pods.
    private boolean arePods() {
      return this == PODS || this == PODS_AND_ADDRESS;
    }
  }

  /// All there are.
  static List<ChaosCase> all() {
    List<ChaosCase> all = new ArrayList<>();
    for (String action :
        List.of("netem", "delay", "loss", "duplicate", "corrupt", "bandwidth", "partition")) {
      for (String direction : List.of("to", "from", "both")) {
        for (Peers peers : Peers.values()) {
          all.add(new ChaosCase(action, direction, peers));
        }
      }
    }
    return all;
  }

  /// What the API server says to it; empty: it takes it.
  String refusal() {
    if (action.equals("partition") || direction.equals("to")) {
      return "";
    }
    return switch (peers) {
      case NONE -> "directions from and both need a target: faults happen to what its pods send";
      case PODS -> "";
      default ->
          "externalTargets go with direction to (or action partition): nothing can be done to what"
              + " they send";
    };
  }

  /// Whether it hits the packets of a link. netem works on what its pods send; a partition cuts the
  /// way off.
  boolean hits(Link link) {
    boolean out = link.from().equals("web") && isPeer(link.to(), link.port());
    boolean in = link.to().equals("web") && isPeer(link.from(), link.port());
    return switch (direction) {
      case "to" -> out;
      case "from" -> in;
      default -> out || in;
    };
  }

  private boolean isPeer(String pod, int port) {
    return switch (peers) {
      case NONE -> true;
      case PODS -> pod.equals("db");
      case ADDRESS, NAME -> pod.equals("outside");
      case NAME_AND_PORT -> pod.equals("outside") && port == Beacon.PORT;
      case PODS_AND_ADDRESS -> pod.equals("db") || pod.equals("outside");
    };
  }

  /// The name of the object.
  String name() {
    return "%s-%s-%s"
        .formatted(action, direction, peers.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /// The object, as somebody would write it.
  ///
  /// @param files with one object per action, whose spec comes last, and of which direction and
  ///   peers are left out
  /// @param outside the address of the pod of this name
  /// @param group to which that belongs
  String yaml(Map<String, String> files, String outside, String group) {
    StringBuilder text = new StringBuilder(files.get(action));
    text.append("  direction: ").append(direction).append('\n');
    if (peers.arePods()) {
      text.append(files.get("target"));
    }
    String other =
        switch (peers) {
          case ADDRESS, PODS_AND_ADDRESS -> outside;
          case NAME -> group + "." + DOMAIN;
          case NAME_AND_PORT -> "%s.%s:%d".formatted(group, DOMAIN, Beacon.PORT);
          case NONE, PODS -> "";
        };
    if (!other.isEmpty()) {
      text.append("  externalTargets:\n    - '").append(other).append("'\n");
    }
    return text.toString().replaceFirst("name: .*", "name: " + name());
  }

  @Override
  public String toString() {
    return name();
  }
}
