// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.controller.plan.FoundPeers;
import dev.squall.operator.controller.policy.Refusal;
import dev.squall.operator.controller.select.ChosenPods;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far an experiment has come, for whoever writes its status.
///
/// @param phase how far
/// @param times when
/// @param why it waits, or has ended or been limited; null: it is as it should be
/// @param chosen pods by part
/// @param peers by part
/// @param nodes what the nodes report
public record RunReport(
    Phase phase,
    Times times,
    @Nullable Refusal why,
    Map<String, ChosenPods> chosen,
    Map<String, FoundPeers> peers,
    NodeReports nodes) {

  /// How far an experiment has come.
  public enum Phase {
    /// Nothing is hit yet.
    PENDING,
    RUNNING,
    PAUSED,
    /// Its faults are being taken off.
    ENDING,
    /// Nothing is attached any more.
    ENDED
  }

  /// @param startedAt null: not yet
  /// @param endsAt null: when somebody ends it
  /// @param endedAt null: not yet
  public record Times(
      @Nullable Instant startedAt, @Nullable Instant endsAt, @Nullable Instant endedAt) {}

  /// What the nodes report.
  ///
  /// @param nodes how many were told something
  /// @param going those that have not confirmed that nothing of it is attached
  /// @param rows one for each pod and part
  /// @param generations of the NodeFaults, by node
  /// @param notes of the nodes, each once
  public record NodeReports(
      int nodes,
      List<String> going,
      List<PodFault> rows,
      List<String> notes,
      Map<String, Long> generations) {
    public NodeReports {
      going = List.copyOf(going);
      rows = List.copyOf(rows);
      notes = List.copyOf(notes);
    }

    /// How many pods are in a phase.
    public long count(PodFault.Phase... phases) {
      List<PodFault.Phase> wanted = List.of(phases);
      return rows.stream().filter(row -> wanted.contains(row.phase())).count();
    }
  }
}
