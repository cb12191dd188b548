// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.experiment;

import dev.squall.operator.api.v1alpha1.ExperimentStatus.Count;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.RuleCount;
import dev.squall.operator.api.v1alpha1.PodFault.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the kernels of all nodes have counted, added up.
final class Counts {
  private Counts() {}

  private record Key(String part, String fault, String direction) {}

  /// One for each part, fault and direction, in the order of the rows.
  static List<Count> of(List<PodFault> rows) {
    Map<Key, Count> sums = new LinkedHashMap<>();
    for (PodFault row : rows) {
      for (RuleCount rule : row.rules()) {
        sums.merge(
            new Key(row.part(), rule.fault(), rule.direction()),
            new Count(
                row.part(),
                rule.fault(),
                rule.direction(),
                rule.matched(),
                rule.hit(),
                rule.overflow()),
            Counts::sum);
      }
    }
    return List.copyOf(sums.values());
  }

  private static Count sum(Count one, Count other) {
    return new Count(
        one.target(),
        one.fault(),
        one.direction(),
        sum(one.matched(), other.matched()),
        sum(one.hit(), other.hit()),
        one.overflow() + other.overflow());
  }

  private static Tally sum(Tally one, Tally other) {
    return new Tally(one.packets() + other.packets(), one.segments() + other.segments());
  }
}
