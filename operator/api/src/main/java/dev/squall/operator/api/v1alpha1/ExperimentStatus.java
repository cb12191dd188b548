// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has become of an experiment. Only the controller writes it.
///
/// @param counts what each fault did in each direction, on all pods together
/// @param conditions of the types in [ConditionType]
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExperimentStatus(
    @JsonUnwrapped Progress progress,
    @JsonUnwrapped Timeline timeline,
    @JsonUnwrapped Reach reach,
    List<Count> counts,
    List<Condition> conditions) {

  public static final ExperimentStatus EMPTY =
      new ExperimentStatus(
          new Progress(null, null, null, null),
          new Timeline(null, null, null),
          new Reach(null, null, null, List.of()),
          List.of(),
          List.of());

  public ExperimentStatus {
    counts = List.copyOf(counts);
    conditions = List.copyOf(conditions);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ExperimentStatus of(JsonNode flat) {
    return new ExperimentStatus(
        FlatJson.group(flat, Progress.class),
        FlatJson.group(flat, Timeline.class),
        FlatJson.group(flat, Reach.class),
        FlatJson.list(flat, "counts", Count.class),
        FlatJson.list(flat, "conditions", Condition.class));
  }

  /// How far an experiment has come.
  public enum Phase {
    /// Nothing is hit yet.
    Pending,
    Running,
    /// Nothing is hit until the annotation [SquallApi#PAUSE] is gone.
    Paused,
    /// Its faults are being taken off.
    Ending,
    /// Nothing is attached any more.
    Ended,
    /// It cannot run; a condition says why.
    Failed
  }

  /// How far it has come.
  ///
  /// @param observedGeneration of the spec that the status is about
  /// @param summary who is hit by what, and how much, in a sentence
  /// @param hit packets, by all faults on all pods
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(
      @Nullable Long observedGeneration,
      @Nullable Phase phase,
      @Nullable String summary,
      @Nullable Long hit) {}

  /// Times in RFC 3339.
  ///
  /// @param startedAt when the faults began
  /// @param endsAt when they end by themselves; null: when the experiment is deleted
  /// @param endedAt when they were over on all nodes
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Timeline(
      @Nullable String startedAt, @Nullable String endsAt, @Nullable String endedAt) {}

  /// What it reaches.
  ///
  /// @param seed in use
  /// @param nodes how many nodes the pods run on
  /// @param names the addresses in use for the host names among the peers
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Reach(
      @Nullable Long seed,
      @Nullable Pods pods,
      @Nullable Integer nodes,
      List<HostAddresses> names) {
    public Reach {
      names = names == null ? List.of() : List.copyOf(names);
    }
  }

  /// Numbers of pods.
  ///
  /// @param selected that were chosen; the others are these by what has become of them
  /// @param waiting that are not there yet, or not prepared
  /// @param longestUncoveredMillis how long one of them at most ran without faults that it should
  ///   have had; null: none has been hit yet
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Pods(
      int selected,
      int injecting,
      int refused,
      int waiting,
      int ended,
      @Nullable Long longestUncoveredMillis) {}

  /// @param addresses empty: it has none, and matches nothing
  public record HostAddresses(String name, List<String> addresses) {
    public HostAddresses {
      addresses = addresses == null ? List.of() : List.copyOf(addresses);
    }
  }

  /// What one fault did in one direction.
  ///
  /// @param target the part of the experiment: `target-0` is the first of its targets
  /// @param fault in words, as `loss 5%`
  /// @param direction `egress` or `ingress`
  /// @param overflow packets that should have been hit but passed
  public record Count(
      String target,
      String fault,
      String direction,
      PodFault.Tally matched,
      PodFault.Tally hit,
      long overflow) {}
}
