// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.target.IpPrefix;
import dev.squall.target.Peer;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The PeerSets of one experiment, as far as they have been seen.
///
/// @param byName what each holds
record PeerSets(Map<String, List<Peer>> byName) {
  static final PeerSets NONE = new PeerSets(Map.of());

  /// The unspecified address, which no packet to or from a peer has.
  static final Peer NOBODY = new Peer.Network(new IpPrefix(unspecified(), 128));

  private static InetAddress unspecified() {
    return IpPrefix.parse("::").address();
  }

  /// Reads addresses; those of a set with one that cannot be read are as if it had not been seen.
  static PeerSets of(Map<String, List<String>> addresses) {
    Map<String, List<Peer>> byName = new HashMap<>();
    addresses.forEach((name, texts) -> parse(texts).ifPresent(peers -> byName.put(name, peers)));
    return new PeerSets(byName);
  }

  private static Optional<List<Peer>> parse(List<String> texts) {
    try {
      return Optional.of(
          texts.stream().<Peer>map(text -> new Peer.Network(IpPrefix.parse(text))).toList());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The first of these that has not been seen.
  Optional<String> missing(List<String> names) {
    return names.stream().filter(name -> !byName.containsKey(name)).findFirst();
  }

  /// All peers of these and some others, at least one: where there is none, nobody is a peer.
  List<Peer> union(List<String> names, List<Peer> others) {
    List<Peer> all =
        Stream.concat(
                others.stream(),
                names.stream().flatMap(name -> byName.getOrDefault(name, List.of()).stream()))
            .distinct()
            .toList();
    return all.isEmpty() ? List.of(NOBODY) : all;
  }
}
