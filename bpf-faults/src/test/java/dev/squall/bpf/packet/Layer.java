// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import org.jspecify.annotations.Nullable;

/// One header of a packet, or what the headers carry.
public sealed interface Layer
    permits Arp, Data, Ethernet, Extension, Icmp, Ipv4, Ipv6, Payload, Tcp, Udp, Vlan {
  /// By which the layer in front names this one: an EtherType, or an IP protocol.
  int number();

  /// This layer in front of what it carries.
  byte[] encode(Carried carried);

  /// What a layer has behind it.
  final class Carried {
    static final int NOTHING = 59; // RFC 8200: no next header

    private final int number;
    private final byte[] bytes;
    private final @Nullable Ends ends;

    /// @param number of the first layer in it
    /// @param ends of the IP header in front, for a checksum over the pseudo header
    Carried(int number, byte[] bytes, @Nullable Ends ends) {
      this.number = number;
      this.bytes = bytes;
      this.ends = ends;
    }

    int number() {
      return number;
    }

    byte[] bytes() {
      return bytes;
    }

    int length() {
      return bytes.length;
    }

    Ends requireEnds() {
      if (ends == null) {
        throw new IllegalStateException("a transport header needs an IP header in front of it");
      }
      return ends;
    }
  }
}
