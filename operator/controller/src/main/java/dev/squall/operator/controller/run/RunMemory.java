// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.controller.plan.Decision;
import dev.squall.operator.controller.plan.Subject;
import dev.squall.operator.controller.policy.Refusal;
import dev.squall.operator.controller.view.PodRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is remembered of an experiment that is not over. One thread at a time uses it, but for what
/// is volatile.
final class RunMemory {
  /// What was decided about last.
  volatile @Nullable Subject subject;

  /// Whether something has changed in the cluster since then.
  volatile boolean outdated;

  /// UIDs of the pods that are chosen, by part; null: not known yet.
  @Nullable Map<String, Set<String>> chosen;

  /// As they were written last.
  Map<String, List<String>> peerSets = Map.of();

  /// When the nodes were told to stop; null: they were not.
  @Nullable Instant stoppedAt;

  /// Why it has ended, or is ending; null: it is not.
  @Nullable Refusal ended;

  /// What the nodes were told last; null: it has to be decided anew.
  Decision.@Nullable Run latest;

  Instant decidedAt = Instant.MIN;

  void beginDeciding(Subject about, Instant now) {
    outdated = false;
    decidedAt = now;
    latest = null;
    subject = about;
  }

  /// Keeps who is chosen.
  void remember(Decision.Run run) {
    Map<String, Set<String>> uids = new TreeMap<>();
    run.found()
        .chosen()
        .forEach(
            (part, pods) -> {
              Set<String> some = new HashSet<>();
              pods.pods().stream().map(PodRecord::uidOnNode).forEach(some::add);
              uids.put(part, some);
            });
    chosen = uids;
  }
}
