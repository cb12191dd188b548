// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node did. Written when something changed, and at a bounded rate.
///
/// @param observedGeneration of the spec that this is about; null: none yet
/// @param agentVersion the agent that wrote it
/// @param clockOffsetMillis how far the node's wall clock is ahead of the API server's
/// @param notes what a reader of the result should know, a sentence each
/// @param pods one for each pod and part
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeFaultStatus(
    @Nullable Long observedGeneration,
    @Nullable String agentVersion,
    @Nullable Long clockOffsetMillis,
    List<String> notes,
    List<PodFault> pods) {

  public static final NodeFaultStatus EMPTY =
      new NodeFaultStatus(null, null, null, List.of(), List.of());

  public NodeFaultStatus {
    notes = notes == null ? List.of() : List.copyOf(notes);
    pods = pods == null ? List.of() : List.copyOf(pods);
  }
}
