// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.squall.operator.api.schedule.Recurrence;
import dev.squall.operator.api.schedule.ScheduleRules;
import dev.squall.operator.api.schedule.ScheduleRules.Concurrency;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaosSpec;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// When, and what.
///
/// @param schedule as [Recurrence#parse] reads it
/// @param startingDeadlineSeconds how late a run may begin; null: any time
/// @param concurrencyPolicy `Forbid`, which null means, or `Allow`
/// @param historyLimit how many runs that are over are kept; null: [ScheduleRules#DEFAULT_HISTORY]
/// @param type `NetworkChaos`; others belong to Chaos Mesh
/// @param networkChaos null with other types
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleSpec(
    String schedule,
    @Nullable Long startingDeadlineSeconds,
    @Nullable String concurrencyPolicy,
    @Nullable Integer historyLimit,
    String type,
    @Nullable NetworkChaosSpec networkChaos) {

  static final ScheduleSpec EMPTY = new ScheduleSpec("", null, null, null, "", null);

  /// How it is kept.
  ///
  /// @param zone where the schedule names none
  /// @param paused whether its annotation says so
  /// @throws IllegalArgumentException with a sentence when the times cannot be read, or it is of
  ///   another type than NetworkChaos
  public ScheduleRules rules(ZoneId zone, boolean paused) {
    if (!"NetworkChaos".equals(type) || networkChaos == null) {
      throw new IllegalArgumentException(
          "type %s: Squall runs schedules of type NetworkChaos, with the block networkChaos"
              .formatted(type));
    }
    return new ScheduleRules(
        Recurrence.parse(schedule, zone),
        startingDeadlineSeconds == null ? null : Duration.ofSeconds(startingDeadlineSeconds),
        "Allow".equals(concurrencyPolicy) ? Concurrency.ALLOW : Concurrency.FORBID,
        paused);
  }
}
