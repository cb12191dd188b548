// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.target.IpPrefix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The four maps of peers: hosts in hashes, prefixes in longest-prefix tries, each for IPv4 and
/// IPv6.
public final class PeerMaps {
  public static final String HOSTS4_NAME = "squall_hosts4";
  public static final String HOSTS6_NAME = "squall_hosts6";
  public static final String PREFIXES4_NAME = "squall_prefixes4";
  public static final String PREFIXES6_NAME = "squall_prefixes6";

  static final Struct PEER = new Struct("squall_peer");
  private static final Field RULES = PEER.u64s("rules", FaultAbi.DIRECTIONS);

  private PeerMaps() {}

  /// Which rules an address, or all that a prefix covers, satisfies.
  public record Entry(IpPrefix prefix, long egressRules, long ingressRules) {
    byte[] address() {
      return prefix.address().getAddress();
    }
  }

  /// Stores entries of one address family.
  ///
  /// @param hosts a hash, whose key is the address; else a trie, whose key begins with the length
  public static void write(BpfMap map, List<Entry> entries, boolean hosts) {
    if (entries.isEmpty()) {
      return;
    }
    int addressBytes = entries.getFirst().address().length;
    long keyBytes = hosts ? addressBytes : addressBytes + 4L;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment keys = arena.allocate(keyBytes * entries.size(), 8);
      MemorySegment values = arena.allocate(PEER.size() * entries.size(), 8);
      for (int i = 0; i < entries.size(); i++) {
        writeKey(keys.asSlice(i * keyBytes, keyBytes), entries.get(i), hosts);
        writeRules(values, i, entries.get(i).egressRules(), entries.get(i).ingressRules());
      }
      map.updateBatch(keys, values, entries.size());
    }
  }

  static void writeRules(MemorySegment values, int index, long egress, long ingress) {
    RULES.setLong(values, index * PEER.size(), FaultAbi.EGRESS, egress);
    RULES.setLong(values, index * PEER.size(), FaultAbi.INGRESS, ingress);
  }

  private static void writeKey(MemorySegment key, Entry entry, boolean hosts) {
    if (!hosts) {
      key.set(JAVA_INT, 0, entry.prefix().length());
    }
    byte[] address = entry.address();
    MemorySegment.copy(address, 0, key, JAVA_BYTE, hosts ? 0 : 4, address.length);
  }
}
