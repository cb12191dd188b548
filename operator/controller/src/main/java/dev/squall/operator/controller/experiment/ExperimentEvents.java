// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.experiment;

import dev.squall.operator.api.v1alpha1.ConditionType;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.controller.run.EventRecorder.Tone;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is told about an Experiment when its status changes: one Event for each condition that has
/// another status or reason than before, as far as somebody wants to know.
///
/// @param reason one word
/// @param message a sentence
record ExperimentEvents(Tone tone, String reason, String message) {

  static List<ExperimentEvents> between(ExperimentStatus before, ExperimentStatus now) {
    List<ExperimentEvents> events = new ArrayList<>();
    for (Condition condition : now.conditions()) {
      Condition old = find(before, condition.getType());
      boolean same =
          old != null
              && Objects.equals(old.getStatus(), condition.getStatus())
              && Objects.equals(old.getReason(), condition.getReason());
      if (!same && isNews(condition, old)) {
        events.add(
            new ExperimentEvents(tone(condition), condition.getReason(), condition.getMessage()));
      }
    }
    return events;
  }

  /// What is not so is no news if it was never so; but why nobody is hit is.
  private static boolean isNews(Condition condition, @Nullable Condition old) {
    boolean isTrue = "True".equals(condition.getStatus());
    return switch (ConditionType.valueOf(condition.getType())) {
      case Selected -> true;
      case Injected, Recovered, Degraded, Failed -> isTrue;
      case Paused -> isTrue || (old != null && "True".equals(old.getStatus()));
    };
  }

  private static Tone tone(Condition condition) {
    boolean isTrue = "True".equals(condition.getStatus());
    return switch (ConditionType.valueOf(condition.getType())) {
      case Selected -> isTrue ? Tone.Normal : Tone.Warning;
      case Degraded, Failed -> Tone.Warning;
      case Injected, Recovered, Paused -> Tone.Normal;
    };
  }

  private static @Nullable Condition find(ExperimentStatus status, String type) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElse(null);
  }
}
