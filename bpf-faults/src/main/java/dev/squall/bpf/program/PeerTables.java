// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.PeerMaps.Entry;
import dev.squall.target.IpPrefix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Hosts and prefixes of one address family, ready for the maps. A trie finds the longest prefix
/// only, so each prefix carries the rules of all that contain it.
final class PeerTables {
  private static final Comparator<IpPrefix> ORDER =
      Comparator.<IpPrefix, byte[]>comparing(
              prefix -> prefix.address().getAddress(), Arrays::compareUnsigned)
          .thenComparingInt(IpPrefix::length);

  private final Map<IpPrefix, Masks> peers = new TreeMap<>(ORDER);

  void add(IpPrefix prefix, Masks rules) {
    peers.merge(prefix, rules, Masks::or);
  }

  List<Entry> hosts() {
    List<Entry> entries = new ArrayList<>();
    peers.forEach(
        (prefix, rules) -> {
          if (prefix.isHost()) {
            entries.add(entry(prefix, rules));
          }
        });
    return entries;
  }

  /// Sorted by address, a prefix comes after all that contain it: those are on the stack.
  List<Entry> prefixes() {
    List<Entry> entries = new ArrayList<>();
    Deque<IpPrefix> containing = new ArrayDeque<>();
    Deque<Masks> inherited = new ArrayDeque<>();
    peers.forEach(
        (prefix, rules) -> {
          if (prefix.isHost()) {
            return;
          }
          while (!containing.isEmpty() && !contains(containing.peek(), prefix)) {
            containing.pop();
            inherited.pop();
          }
          Masks all = inherited.isEmpty() ? rules : rules.or(inherited.peek());
          containing.push(prefix);
          inherited.push(all);
          entries.add(entry(prefix, all));
        });
    return entries;
  }

  private static boolean contains(IpPrefix outer, IpPrefix inner) {
    byte[] a = outer.address().getAddress();
    byte[] b = inner.address().getAddress();
    for (int bit = 0; bit < outer.length(); bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((a[bit >> 3] & mask) != (b[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Entry entry(IpPrefix prefix, Masks rules) {
    return new Entry(prefix, rules.egress(), rules.ingress());
  }
}
