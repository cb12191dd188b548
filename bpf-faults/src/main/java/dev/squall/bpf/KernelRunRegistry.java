// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.RuleMap;
import dev.squall.bpf.program.DecisionKey;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.Adjustment;
import dev.squall.fault.Leftover;
import dev.squall.fault.RunRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs and leftovers on this host, read from the kernel.
public final class KernelRunRegistry implements RunRegistry {
  @Override
  public List<ActiveRun> runs() {
    Map<String, List<Registry.Entry>> byId = new LinkedHashMap<>();
    for (Registry.Entry entry : Registry.entries()) {
      if (!entry.id().isEmpty()) {
        byId.computeIfAbsent(entry.id(), _ -> new ArrayList<>()).add(entry);
      }
    }
    return byId.values().stream().map(KernelRunRegistry::run).toList();
  }

  private static ActiveRun run(List<Registry.Entry> entries) {
    Registry.Entry first = entries.getFirst();
    return new ActiveRun(
        first.id(),
        first.identity().pid(),
        first.state(),
        first.command(),
        entries.stream().map(entry -> entry.identity().place()).toList(),
        first.endsAt());
  }

  @Override
  public boolean stop(String id) {
    List<Registry.Entry> matching =
        Registry.entries().stream().filter(entry -> entry.id().equals(id)).toList();
    matching.forEach(Registry::stop);
    return !matching.isEmpty();
  }

  @Override
  public int adjust(String id, Adjustment adjustment) {
    long threshold = DecisionKey.threshold(adjustment.share().fraction());
    int fault = kind(adjustment.kind());
    return Registry.entries().stream()
        .filter(entry -> entry.id().equals(id))
        .mapToInt(entry -> Registry.adjust(entry, fault, threshold))
        .sum();
  }

  /// A reordering is a delay of some.
  private static int kind(Adjustment.Kind kind) {
    return switch (kind) {
      case LOSS -> RuleMap.LOSS;
      case DUPLICATE -> RuleMap.DUPLICATE;
      case CORRUPT -> RuleMap.CORRUPT;
      case REORDER -> RuleMap.DELAY;
      case RESET -> RuleMap.RESET;
    };
  }

  @Override
  public List<Leftover> leftovers() {
    return Leftovers.find();
  }

  @Override
  public List<Leftover> sweep() {
    return Leftovers.sweep();
  }
}
