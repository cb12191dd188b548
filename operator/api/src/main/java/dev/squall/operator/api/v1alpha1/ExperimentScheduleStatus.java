// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has become of a schedule. Only the controller writes it.
///
/// @param observedGeneration of the spec that the status is about
/// @param lastScheduleTime when an experiment was due last and begun, in RFC 3339
/// @param nextScheduleTime when the next one is due, in RFC 3339
/// @param active names of the experiments that run
/// @param conditions of the types `Scheduled` and `Failed`
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExperimentScheduleStatus(
    @Nullable Long observedGeneration,
    @Nullable String lastScheduleTime,
    @Nullable String nextScheduleTime,
    List<String> active,
    List<Condition> conditions) {

  public static final ExperimentScheduleStatus EMPTY =
      new ExperimentScheduleStatus(null, null, null, List.of(), List.of());

  public ExperimentScheduleStatus {
    active = active == null ? List.of() : List.copyOf(active);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
