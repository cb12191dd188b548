// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.operator.api.v1alpha1.PeerSetSpec;
import dev.squall.target.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the nodes are told a part's peers: few in the document itself, many in PeerSets.
///
/// @param inline in the document
/// @param sets names of PeerSets; null: there are none; empty and nothing inline: no packet is hit
/// @param contents the addresses of each set, by its name
record PeerPlan(
    List<IpPrefix> inline, @Nullable List<String> sets, Map<String, List<String>> contents) {
  static final PeerPlan ANY = new PeerPlan(List.of(), null, Map.of());

  /// How many stand in a document at most.
  static final int MOST_INLINE = 200;

  /// @param setName the beginning of the sets' names
  static PeerPlan of(FoundPeers found, String setName) {
    List<IpPrefix> networks = found.networks();
    if (!found.restricted()) {
      return ANY;
    }
    if (networks.size() <= MOST_INLINE) {
      return new PeerPlan(networks, networks.isEmpty() ? List.of() : null, Map.of());
    }
    Map<String, List<String>> contents = new TreeMap<>();
    List<String> names = new ArrayList<>();
    for (int from = 0; from < networks.size(); from += PeerSetSpec.MOST) {
      int to = Math.min(networks.size(), from + PeerSetSpec.MOST);
      String name = setName + "-" + names.size();
      names.add(name);
      contents.put(name, networks.subList(from, to).stream().map(IpPrefix::toString).toList());
    }
    return new PeerPlan(List.of(), names, contents);
  }
}
