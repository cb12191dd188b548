// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a Schedule stands.
///
/// @param active the runs that go on
/// @param time for when the last run was due that was begun or left out, in RFC 3339; null: none
///   was
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleStatus(List<ObjectReference> active, @Nullable String time) {
  public static final ScheduleStatus EMPTY = new ScheduleStatus(List.of(), null);

  public ScheduleStatus {
    active = active == null ? List.of() : List.copyOf(active);
  }
}
