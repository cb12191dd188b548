// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import org.jspecify.annotations.Nullable;

/// What a network interface is made of.
///
/// @param hardware its link layer, an ARPHRD number
/// @param kind the driver of a virtual one (`veth`, `bridge`, `tun`), null for a physical one and
///   `lo`
public record LinkType(int hardware, @Nullable String kind) {
  /// Frames begin with an Ethernet header.
  public static final int ETHERNET = 1;

  /// `lo`: frames begin with an Ethernet header whose addresses are zero.
  public static final int LOOPBACK = 772;

  /// A TUN device: packets begin with the IP header.
  public static final int NONE = 0xfffe;

  /// Whether a packet on it begins with a 14-byte Ethernet header.
  public boolean hasEthernetHeader() {
    return hardware == ETHERNET || hardware == LOOPBACK;
  }
}
