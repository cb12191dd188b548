// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.fault.ActiveRun;
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
  public List<Leftover> leftovers() {
    return Leftovers.find();
  }

  @Override
  public List<Leftover> sweep() {
    return Leftovers.sweep();
  }
}
