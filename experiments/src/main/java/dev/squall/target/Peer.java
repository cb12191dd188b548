// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

/// The other end of the target's traffic, as addresses or as a name.
public sealed interface Peer permits Peer.Network, Peer.HostName {

  /// Reads an address, a prefix or a host name; it asks no name server.
  static Peer parse(String text) {
    boolean numeric = text.matches(".*[:/].*|[0-9.]+");
    return numeric ? new Network(IpPrefix.parse(text)) : new HostName(text);
  }

  /// One address, or all addresses with a prefix.
  record Network(IpPrefix prefix) implements Peer {

    @Override
    public String toString() {
      return prefix.toString();
    }
  }

  /// A name that stands for addresses that only a [NameResolver] knows.
  record HostName(String name) implements Peer {

    private static final int LONGEST = 253;

    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

    /// Refuses what cannot be a host name (RFC 1123, section 2.1, and the underscore that DNS
    /// allows). A last label of digits alone is refused too, for it is a mistyped address.
    public HostName {
      String syntax = LABEL + "(\\." + LABEL + ")*\\.?";
      if (name.length() > LONGEST || !name.matches(syntax) || name.matches("(.*\\.)?[0-9]+\\.?")) {
        throw new IllegalArgumentException(
            name
                + ": a peer is an address, a prefix or a host name, as in 10.0.0.1, 10.0.0.0/8 or"
                + " api.example.com");
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
