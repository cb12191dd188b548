// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one part of an experiment did to one pod.
///
/// @param part the part's name
/// @param message why it is refused, or waits, or ended before its time; null: as it should be
/// @param timeline when; null: not yet
/// @param rules what the kernel has counted since the beginning, also before the agent or the pod's
///   sandbox was replaced
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodFault(
    PodReference pod,
    String part,
    Phase phase,
    @Nullable String message,
    @Nullable Timeline timeline,
    List<RuleCount> rules) {

  public PodFault {
    rules = rules == null ? List.of() : List.copyOf(rules);
  }

  /// How far it has come.
  public enum Phase {
    /// The pod is not there yet, or its network is not.
    Waiting,
    /// Attached, without effect until the agreed instant.
    Prepared,
    Injecting,
    /// Nothing is attached any more.
    Ended,
    /// It will not be hit; the message says why.
    Refused
  }

  /// A pod as it is now: one of the same name that comes later has another UID.
  public record PodReference(String namespace, String name, String uid) {}

  /// Times in RFC 3339.
  ///
  /// @param injected when the faults began here
  /// @param ended when they ended
  /// @param uncoveredMillis how long the pod ran without its faults in between: before the agent
  ///   saw it, while the agent was away
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Timeline(
      @Nullable String injected, @Nullable String ended, @Nullable Long uncoveredMillis) {}

  /// What one fault did in one direction.
  ///
  /// @param fault in words, as `loss 5%`
  /// @param direction `egress` or `ingress`
  /// @param overflow packets that should have been hit but passed
  /// @param span of the first and the last hit; null: none
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RuleCount(
      String fault,
      String direction,
      Tally matched,
      Tally hit,
      long overflow,
      @Nullable Span span) {}

  /// @param segments as the wire sees them
  public record Tally(long packets, long segments) {}

  /// In RFC 3339.
  public record Span(String first, String last) {}
}
