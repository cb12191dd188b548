// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.squall.bpf.libbpf.BpfMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The two tries of names: `squall_names` from their beginning, `squall_endings` from their end.
public final class NameMaps {
  public static final String NAMES_NAME = "squall_names";
  public static final String ENDINGS_NAME = "squall_endings";

  static final Struct NAME = new Struct("squall_name");
  private static final Field BITS = NAME.u32("bits");
  private static final Field TEXT = NAME.bytes("text", FaultAbi.NAME_BYTES);

  private NameMaps() {}

  /// Which rules a name that begins so satisfies.
  ///
  /// @param text in ASCII; a 0 at its end means the whole name
  public record Entry(String text, long egressRules, long ingressRules) {}

  /// Stores entries of one trie.
  public static void write(BpfMap map, List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment keys = arena.allocate(NAME.size() * entries.size(), 8);
      MemorySegment values = arena.allocate(PeerMaps.PEER.size() * entries.size(), 8);
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        writeKey(keys.asSlice(i * NAME.size(), NAME.size()), entry.text());
        PeerMaps.writeRules(values, i, entry.egressRules(), entry.ingressRules());
      }
      map.updateBatch(keys, values, entries.size());
    }
  }

  static void writeKey(MemorySegment key, String text) {
    BITS.setInt(key, 0, text.length() * Byte.SIZE);
    for (int i = 0; i < text.length(); i++) {
      key.set(JAVA_BYTE, TEXT.offset() + i, (byte) text.charAt(i));
    }
  }
}
