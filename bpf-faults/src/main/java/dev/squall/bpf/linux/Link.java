// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import org.jspecify.annotations.Nullable;

/// A network interface as rtnetlink describes it.
///
/// @param index its number in its namespace
/// @param name its name, at most 15 bytes
/// @param alias the free text of `ip link set dev … alias`, null when it has none
/// @param mtu bytes of the largest packet, without the link-layer header
/// @param type what it is made of
/// @param flags the IFF flags of netdevice(7)
public record Link(
    int index, String name, @Nullable String alias, int mtu, LinkType type, int flags) {
  /// What the names of our delay devices begin with.
  public static final String DELAY_DEVICE_PREFIX = "squall-";

  private static final int IFF_UP = 1;
  private static final int IFF_LOOPBACK = 8;

  public boolean isUp() {
    return (flags & IFF_UP) != 0;
  }

  /// Whether it is one that Squall made, for packets to wait on: never a target by default.
  public boolean isDelayDevice() {
    return name.startsWith(DELAY_DEVICE_PREFIX);
  }

  public boolean isLoopback() {
    return (flags & IFF_LOOPBACK) != 0;
  }
}
