// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.controller.policy.Refusal;
import dev.squall.operator.controller.select.ChosenPods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be done for one experiment.
public sealed interface Decision {

  /// Nothing yet: it may not begin, or there is nobody to hit.
  ///
  /// @param chosen by part; empty where it did not come to that
  record Wait(Refusal why, Map<String, ChosenPods> chosen) implements Decision {}

  /// The nodes are told this.
  ///
  /// @param nodes by the node's name
  /// @param peerSets their addresses by their names, written before the nodes are told
  /// @param found what stands behind it, for the status
  record Run(
      Map<String, NodeFaultSpec> nodes,
      Map<String, List<String>> peerSets,
      RunClock clock,
      Found found)
      implements Decision {}

  /// The nodes go on with what they were told: a controller that has just begun to lead does not
  /// know the peers yet.
  record Hold(RunClock clock, Found found) implements Decision {}

  /// It is over, or has to end now.
  ///
  /// @param why for the status
  /// @param early whether nodes have to be told, because they would go on
  record End(Refusal why, boolean early) implements Decision {}

  /// What was found in the cluster.
  ///
  /// @param chosen by part
  /// @param peers by part
  /// @param limited why no more pods are taken; null: as many as the experiment wants
  /// @param paused whether nobody is hit for the time being
  record Found(
      Map<String, ChosenPods> chosen,
      Map<String, FoundPeers> peers,
      @Nullable Refusal limited,
      boolean paused) {}

  /// When it has to be decided again although nothing has changed; null: never.
  static @Nullable Instant again(Decision decision, Subject subject) {
    return switch (decision) {
      case Run run -> {
        Instant end = run.clock().endsAt();
        yield end != null || run.found().paused() ? end : run.clock().renewAt();
      }
      case Wait _ -> {
        Duration duration = subject.experiment().duration();
        yield duration == null ? null : subject.madeAt().plus(duration);
      }
      case Hold _, End _ -> null;
    };
  }
}
