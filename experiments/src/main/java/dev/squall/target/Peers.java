// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// The peers whose traffic is chosen.
///
/// @param included a packet must go to or come from one of these; an empty list means any peer
/// @param excluded traffic with these peers is never chosen
public record Peers(List<Peer> included, List<IpPrefix> excluded) {

  public static final Peers ANY = new Peers(List.of(), List.of());

  public Peers {
    included = List.copyOf(included);
    excluded = List.copyOf(excluded);
  }

  /// The same peers with every host name replaced by its addresses.
  public Peers resolved(NameResolver resolver) {
    List<Peer> networks = included.stream().flatMap(peer -> resolve(peer, resolver)).toList();
    return new Peers(networks.stream().distinct().toList(), excluded);
  }

  private static Stream<Peer> resolve(Peer peer, NameResolver resolver) {
    return switch (peer) {
      case Peer.Network network -> Stream.of(network);
      case Peer.HostName host -> resolve(host, resolver);
    };
  }

  /// A name without addresses must not become an empty list, which would mean any peer.
  private static Stream<Peer> resolve(Peer.HostName host, NameResolver resolver) {
    List<InetAddress> addresses = resolver.resolve(host.name());
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException(host + ": this host name has no address");
    }
    return addresses.stream().map(IpPrefix::host).map(Peer.Network::new);
  }
}
