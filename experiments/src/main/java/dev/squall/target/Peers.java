// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// The peers whose traffic is chosen.
///
/// @param included a packet must go to or come from one of these; an empty list means any peer
/// @param excluded traffic with these peers is never chosen
/// @param exceptHost nor is traffic with the host that the target is on, as far as that uses the
///   addresses with which it speaks to the target
public record Peers(List<Peer> included, List<IpPrefix> excluded, boolean exceptHost) {

  public static final Peers ANY = new Peers(List.of(), List.of());

  public Peers {
    included = List.copyOf(included);
    excluded = List.copyOf(excluded);
  }

  /// Without an exception for the host.
  public Peers(List<Peer> included, List<IpPrefix> excluded) {
    this(included, excluded, false);
  }

  /// The same exceptions with others included.
  public Peers including(List<Peer> others) {
    return new Peers(others, excluded, exceptHost);
  }

  /// The same peers with the host among the excluded ones.
  ///
  /// @param host the addresses with which it speaks to the target
  public Peers withoutHost(List<IpPrefix> host) {
    return new Peers(included, Stream.concat(excluded.stream(), host.stream()).toList());
  }

  /// The same peers with every host name replaced by its addresses.
  public Peers resolved(NameResolver resolver) {
    List<Peer> networks = included.stream().flatMap(peer -> resolve(peer, resolver)).toList();
    return including(networks.stream().distinct().toList());
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
