// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node has to do.
///
/// @param nodeName the node
/// @param experiment on whose behalf
/// @param startAt when the faults begin on all nodes, by the wall clock, in RFC 3339 with
///   microseconds; past, for a pod that appeared later
/// @param durationMillis from `startAt`; the agent ends the faults then by itself. Where the
///   experiment has no duration the controller raises it again and again
/// @param stop whether the faults are to end now; the object stays until what they did was read
/// @param parts what happens to which pods
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeFaultSpec(
    String nodeName,
    ExperimentReference experiment,
    String startAt,
    long durationMillis,
    boolean stop,
    List<Part> parts) {

  static final NodeFaultSpec EMPTY =
      new NodeFaultSpec(
          "",
          new ExperimentReference("", "", "", ""),
          Instant.EPOCH.toString(),
          0,
          true,
          List.of());

  public NodeFaultSpec {
    parts = parts == null ? List.of() : List.copyOf(parts);
  }

  /// Faults on some of the node's pods.
  ///
  /// @param name tells the parts of one experiment apart, the same on all nodes
  /// @param experiment a document in Squall's file format, whose targets are pods by UID
  /// @param dryRun whether packets are only counted
  /// @param peerSets names of PeerSets whose addresses are peers too; null: none. Where it is not
  ///   null and all of them are empty, no packet is hit
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Part(
      String name, String experiment, boolean dryRun, @Nullable List<String> peerSets) {}
}
