// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.agent.State.Ended;
import dev.squall.operator.agent.State.Waiting;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

/// Looks for the pods' networks: often while one is waited for, once a second while faults work,
/// never when nobody asks.
final class PodWatch {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Node node;
  private Map<String, PodNetwork> networks = Map.of();
  private Duration pause = SHORTEST;
  private Duration lookedAt = Duration.ofSeconds(Long.MIN_VALUE / 4);
  private long waitingBefore;

  PodWatch(Node node) {
    this.node = node;
  }

  /// What was seen last, looked at again when it is time.
  Map<String, PodNetwork> look(Collection<FaultRun> runs, Duration now) {
    long waiting = count(runs, PodWatch::isWaiting);
    if (waiting > waitingBefore) {
      pause = SHORTEST;
    }
    boolean due = waiting > waitingBefore || now.minus(lookedAt).compareTo(pause) >= 0;
    waitingBefore = waiting;
    if (due && count(runs, run -> !(run.state() instanceof Ended)) > 0) {
      networks = node.podNetworks(now);
      lookedAt = now;
      pause = waiting == 0 ? LONGEST : twice(pause);
    }
    return networks;
  }

  /// The time until somebody wants to look again.
  Duration pause() {
    return pause;
  }

  private static boolean isWaiting(PodRun pod) {
    return pod.state() instanceof Waiting;
  }

  private static long count(Collection<FaultRun> runs, Predicate<PodRun> which) {
    return runs.stream().flatMap(run -> run.pods().stream()).filter(which).count();
  }

  private static Duration twice(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
