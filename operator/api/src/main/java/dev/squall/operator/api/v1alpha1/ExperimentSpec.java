// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is asked for, as it is written.
///
/// @param targets whose packets are hit
/// @param faults as in Squall's file format
/// @param traffic as in Squall's file format, but for `peers`: each is a [PeerSpec]; null means all
///   packets
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExperimentSpec(
    List<TargetSpec> targets,
    List<JsonNode> faults,
    @Nullable JsonNode traffic,
    @JsonUnwrapped Limits limits,
    @JsonUnwrapped Course course) {

  static final ExperimentSpec EMPTY =
      new ExperimentSpec(
          List.of(), List.of(), null, new Limits(null, null, null), new Course(null, null, false));

  public ExperimentSpec {
    targets = List.copyOf(targets);
    faults = List.copyOf(faults);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ExperimentSpec of(JsonNode flat) {
    return new ExperimentSpec(
        FlatJson.list(flat, "targets", TargetSpec.class),
        FlatJson.list(flat, "faults", JsonNode.class),
        FlatJson.value(flat, "traffic", JsonNode.class),
        FlatJson.group(flat, Limits.class),
        FlatJson.group(flat, Course.class));
  }

  /// Where it ends.
  ///
  /// @param duration null: until the object is deleted
  /// @param budget as in Squall's file format; null: any amount
  /// @param blastRadius null: any number of pods
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Limits(
      @Nullable String duration, @Nullable JsonNode budget, @Nullable BlastRadius blastRadius) {}

  /// How it goes.
  ///
  /// @param seed null: one is drawn
  /// @param membership `Dynamic` or `Frozen`; null: `Dynamic`
  /// @param dryRun whether packets are only counted
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Course(@Nullable Long seed, @Nullable String membership, boolean dryRun) {}

  /// How much of the cluster may be hit.
  ///
  /// @param pods null: any number
  /// @param share a percentage such as `50%`; null: all
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BlastRadius(@Nullable Integer pods, @Nullable String share) {}
}
