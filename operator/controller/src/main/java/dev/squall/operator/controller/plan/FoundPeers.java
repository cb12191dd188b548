// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.operator.controller.view.PodRecord;
import dev.squall.target.IpPrefix;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The peers of one part, as addresses.
///
/// @param restricted whether peers were asked for; if so and there are none, no packet is hit
/// @param networks all of them, in the order of their text
/// @param names the addresses of each host name, by name
/// @param pods those among them that the experiment chose
/// @param missing what stands for no address, a sentence each
/// @param pending whether some host names are still being resolved
public record FoundPeers(
    boolean restricted,
    List<IpPrefix> networks,
    SortedMap<String, List<String>> names,
    List<PodRecord> pods,
    List<String> missing,
    boolean pending) {
  static final FoundPeers ANY =
      new FoundPeers(false, List.of(), new TreeMap<>(), List.of(), List.of(), false);

  public FoundPeers {
    networks = List.copyOf(networks);
    pods = List.copyOf(pods);
    missing = List.copyOf(missing);
  }
}
