// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.unit.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One experiment in a cluster as `squall get` lists it, be it Squall's or Chaos Mesh's.
///
/// @param phase `Pending`, `Running`, `Paused`, `Ending`, `Ended` or `Failed`
/// @param hit packets; null: not known
/// @param endsAt null: when it is deleted, or not known yet
public record ClusterRun(
    ObjectKey key,
    String uid,
    String phase,
    Pods pods,
    @Nullable Long hit,
    @Nullable Instant endsAt) {

  /// Of the pods that were chosen, those whose faults are in place.
  public record Pods(int injecting, int selected) {
    @Override
    public String toString() {
      return injecting + "/" + selected;
    }
  }

  static ClusterRun of(ObjectType type, JsonNode object) {
    return type == ObjectType.NETWORK_CHAOS ? ofChaosMesh(object) : ofSquall(object);
  }

  /// The name by which the verbs take it.
  public String name() {
    return key.type() == ObjectType.NETWORK_CHAOS ? "networkchaos/" + key.name() : key.name();
  }

  /// Whether it hits nothing any more.
  public boolean isOver() {
    return phase.equals("Ended") || phase.equals("Failed");
  }

  private static ClusterRun ofSquall(JsonNode object) {
    JsonNode status = object.path("status");
    JsonNode hit = status.path("hit");
    return new ClusterRun(
        ObjectKey.of(ObjectType.EXPERIMENT, object),
        object.at("/metadata/uid").asText(),
        status.path("phase").asText("Pending"),
        new Pods(status.at("/pods/injecting").asInt(), status.at("/pods/selected").asInt()),
        hit.isNumber() ? hit.asLong() : null,
        instant(status.path("endsAt").asText(null)));
  }

  private static ClusterRun ofChaosMesh(JsonNode object) {
    int injected = 0;
    JsonNode records = object.at("/status/experiment/containerRecords");
    for (JsonNode chaosRecord : records) {
      injected += chaosRecord.path("phase").asText().equals("Injected") ? 1 : 0;
    }
    return new ClusterRun(
        ObjectKey.of(ObjectType.NETWORK_CHAOS, object),
        object.at("/metadata/uid").asText(),
        chaosMeshPhase(object),
        new Pods(injected, records.size()),
        null,
        chaosMeshEnd(object));
  }

  /// Chaos Mesh has conditions, and the phase that it strives for.
  private static String chaosMeshPhase(JsonNode object) {
    boolean stopping = object.at("/status/experiment/desiredPhase").asText().equals("Stop");
    if (Condition.isTrue(object, "Paused")) {
      return "Paused";
    }
    if (stopping) {
      return Condition.isTrue(object, "AllRecovered") ? "Ended" : "Ending";
    }
    return Condition.isTrue(object, "AllInjected") ? "Running" : "Pending";
  }

  private static @Nullable Instant chaosMeshEnd(JsonNode object) {
    Instant begin = instant(object.at("/metadata/creationTimestamp").asText(null));
    String duration = object.at("/spec/duration").asText("");
    if (begin == null || duration.isEmpty()) {
      return null;
    }
    try {
      return begin.plus(DurationText.parse(duration));
    } catch (IllegalArgumentException otherwiseWritten) {
      return null;
    }
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  /// What is left of it; null: no end is known, or it is over.
  public @Nullable Duration remaining(Instant now) {
    return endsAt == null || isOver() ? null : Duration.between(now, endsAt);
  }
}
