// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// When experiments begin, and what they are.
///
/// @param historyLimit so many experiments that are over are kept
/// @param suspend whether nothing begins for now
/// @param template the spec of each experiment
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExperimentScheduleSpec(
    @JsonUnwrapped Timing timing,
    ConcurrencyPolicy concurrencyPolicy,
    int historyLimit,
    boolean suspend,
    ExperimentSpec template) {

  /// How many experiments that are over are kept where the user names no number.
  public static final int DEFAULT_HISTORY = 3;

  static final ExperimentScheduleSpec EMPTY =
      new ExperimentScheduleSpec(
          new Timing("", "UTC", null),
          ConcurrencyPolicy.Forbid,
          DEFAULT_HISTORY,
          true,
          ExperimentSpec.EMPTY);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ExperimentScheduleSpec of(JsonNode flat) {
    ConcurrencyPolicy policy = FlatJson.value(flat, "concurrencyPolicy", ConcurrencyPolicy.class);
    ExperimentSpec template = FlatJson.value(flat, "template", ExperimentSpec.class);
    return new ExperimentScheduleSpec(
        FlatJson.group(flat, Timing.class),
        policy == null ? ConcurrencyPolicy.Forbid : policy,
        flat.path("historyLimit").asInt(DEFAULT_HISTORY),
        flat.path("suspend").asBoolean(),
        template == null ? ExperimentSpec.EMPTY : template);
  }

  /// What happens when an experiment is due while an earlier one of the same schedule runs.
  public enum ConcurrencyPolicy {
    /// It is left out.
    Forbid,
    /// Both run.
    Allow,
    /// The earlier one is ended.
    Replace
  }

  /// When experiments begin.
  ///
  /// @param schedule five or six fields of cron, or such as `@every 90m` or `@hourly`
  /// @param timeZone such as `Europe/Berlin`; UTC where the user named none
  /// @param startingDeadlineSeconds how late one that was missed may still begin; null: any time
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Timing(String schedule, String timeZone, @Nullable Long startingDeadlineSeconds) {
    public Timing {
      timeZone = timeZone == null ? "UTC" : timeZone;
    }
  }
}
