// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.experiment;

import dev.squall.operator.api.v1alpha1.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conditions, with the time since which each has its status.
final class Conditions {
  private static final int LONGEST_MESSAGE = 4096;

  private final List<Condition> before;
  private final @Nullable Long generation;
  private final String now;
  private final List<Condition> conditions = new ArrayList<>();

  /// @param before the conditions as they are
  /// @param generation of the spec that they are about
  Conditions(List<Condition> before, @Nullable Long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// Adds one.
  Conditions add(ConditionType type, boolean isTrue, String reason, String message) {
    String status = isTrue ? "True" : "False";
    conditions.add(
        new ConditionBuilder()
            .withType(type.name())
            .withStatus(status)
            .withReason(reason)
            .withMessage(message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)))
            .withObservedGeneration(generation)
            .withLastTransitionTime(since(type, status))
            .build());
    return this;
  }

  /// Adds one as it was, if it was there.
  Conditions keep(ConditionType type) {
    before.stream()
        .filter(condition -> condition.getType().equals(type.name()))
        .forEach(conditions::add);
    return this;
  }

  List<Condition> list() {
    return List.copyOf(conditions);
  }

  private String since(ConditionType type, String status) {
    return before.stream()
        .filter(condition -> condition.getType().equals(type.name()))
        .filter(condition -> condition.getStatus().equals(status))
        .map(Condition::getLastTransitionTime)
        .findFirst()
        .orElse(now);
  }
}
