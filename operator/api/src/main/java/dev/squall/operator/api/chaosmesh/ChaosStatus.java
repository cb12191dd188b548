// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The status of a NetworkChaos, in the words of Chaos Mesh.
///
/// @param instances by pod, the generation of the NodeFault whose effect is waited for
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChaosStatus(
    List<Condition> conditions, ExperimentState experiment, Map<String, Long> instances) {

  /// Of an object that nobody has looked at.
  public static final ChaosStatus EMPTY =
      new ChaosStatus(List.of(), new ExperimentState(DesiredPhase.RUN, List.of()), Map.of());

  public ChaosStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    experiment = experiment == null ? new ExperimentState(DesiredPhase.RUN, List.of()) : experiment;
    instances = instances == null ? Map.of() : new TreeMap<>(instances);
  }

  /// What an object's status says.
  public static ChaosStatus of(NetworkChaos chaos, KubernetesSerialization serialization) {
    return chaos.getStatus() == null
        ? EMPTY
        : serialization.convertValue(chaos.getStatus(), ChaosStatus.class);
  }

  /// Whether a condition is there and true.
  public boolean isTrue(String type) {
    return conditions.stream()
        .anyMatch(one -> one.type().equals(type) && one.status().equals("True"));
  }

  /// Whether it has ended for good: it is to be off, not for a pause, and nothing is left.
  public boolean hasEnded() {
    return experiment.desiredPhase() == DesiredPhase.STOP
        && isTrue("AllRecovered")
        && !isTrue("Paused");
  }

  /// Whether something is so.
  ///
  /// @param type `Selected`, `AllInjected`, `AllRecovered`, `Paused`; `Remarks` is Squall's own
  /// @param status `True` or `False`
  /// @param reason in words; null where there is nothing to say
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Condition(String type, String status, @Nullable String reason) {}

  /// What is to be, and what is.
  ///
  /// @param containerRecords one for each pod and end of the traffic, at most
  ///   [ChaosProgress#MOST_RECORDS]
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ExperimentState(
      @Nullable DesiredPhase desiredPhase, List<PodRecord> containerRecords) {
    public ExperimentState {
      containerRecords = containerRecords == null ? List.of() : List.copyOf(containerRecords);
    }
  }

  /// How one pod stands.
  ///
  /// @param id `NAMESPACE/NAME`
  /// @param selectorKey `.` for the selected pods, `.Target` for the target's
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PodRecord(
      String id,
      String selectorKey,
      Phase phase,
      long injectedCount,
      long recoveredCount,
      List<Event> events) {
    public PodRecord {
      events = events == null ? List.of() : List.copyOf(events);
    }
  }

  /// Something that happened to one pod.
  ///
  /// @param message why it failed; null where it did not
  /// @param timestamp in RFC 3339
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Event(
      EventType type, Operation operation, @Nullable String message, String timestamp) {}

  /// What the object asks for now.
  public enum DesiredPhase {
    @JsonProperty("Run")
    RUN,
    @JsonProperty("Stop")
    STOP
  }

  /// How far a pod has come, in a circle.
  public enum Phase {
    NOT_INJECTED("Not Injected"),
    /// Faults are on their way to it.
    INJECTING("Not Injected/Wait"),
    INJECTED("Injected"),
    /// Faults are being taken away.
    RECOVERING("Injected/Wait");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    /// Whether faults may be in force.
    boolean isUnderFault() {
      return this == INJECTED || this == RECOVERING;
    }

    /// The words of Chaos Mesh.
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /// How something went.
  public enum EventType {
    @JsonProperty("Succeeded")
    SUCCEEDED,
    @JsonProperty("Failed")
    FAILED
  }

  /// What was tried.
  public enum Operation {
    @JsonProperty("Apply")
    APPLY,
    @JsonProperty("Recover")
    RECOVER
  }
}
