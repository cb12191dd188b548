// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// How the agent stands, in numbers.
///
/// @param pods pods and parts by how far they have come
/// @param leaseLosses since the agent began
/// @param turnAt when the agent last did what was due, by the monotonic clock
record Tally(Map<Phase, Integer> pods, long leaseLosses, Duration turnAt) {
  static final Tally NONE = new Tally(Map.of(), 0, Duration.ZERO);

  static Tally of(Collection<FaultRun> runs, long pastLeaseLosses, Duration now) {
    Map<Phase, Integer> pods = new EnumMap<>(Phase.class);
    for (FaultRun run : runs) {
      run.pods().forEach(pod -> pods.merge(pod.phase(), 1, Integer::sum));
    }
    long current = runs.stream().mapToLong(FaultRun::leaseLosses).sum();
    return new Tally(pods, pastLeaseLosses + current, now);
  }
}
