// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.operator.controller.select.ChosenPods;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How far ahead a beginning is agreed, so that the nodes begin together: as long as it takes to
/// tell them all, and the one with most pods to prepare. A node that needs longer begins late, and
/// its rows say by how much.
final class Lead {
  private static final Duration LEAST = Duration.ofMillis(350);
  private static final Duration PER_NODE = Duration.ofMillis(8);
  private static final Duration PER_POD = Duration.ofMillis(50);
  private static final Duration MOST = Duration.ofSeconds(5);

  private Lead() {}

  /// @param chosen pods, by part: a pod that two parts hit is prepared twice
  static Duration of(Collection<ChosenPods> chosen) {
    Map<String, Long> pods =
        chosen.stream()
            .flatMap(some -> some.pods().stream())
            .map(pod -> pod.traits().node())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long most = pods.values().stream().mapToLong(Long::longValue).max().orElse(0);
    Duration needed =
        LEAST.plus(PER_NODE.multipliedBy(pods.size())).plus(PER_POD.multipliedBy(most));
    return needed.compareTo(MOST) < 0 ? needed : MOST;
  }
}
