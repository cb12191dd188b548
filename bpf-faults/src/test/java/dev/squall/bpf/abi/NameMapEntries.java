// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import dev.squall.bpf.abi.NameMaps.Entry;
import dev.squall.bpf.libbpf.BpfMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Takes names out of a trie again.
public final class NameMapEntries {
  private NameMapEntries() {}

  public static void delete(BpfMap map, List<Entry> entries) {
    try (Arena arena = Arena.ofConfined()) {
      for (Entry entry : entries) {
        MemorySegment key = arena.allocate(NameMaps.NAME.size(), 8);
        NameMaps.writeKey(key, entry.text());
        map.delete(key);
      }
    }
  }
}
