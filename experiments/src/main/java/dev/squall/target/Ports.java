// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.util.List;

/// The ports that a packet must use at either end; an empty list means any.
///
/// @param local ports of the target
/// @param peer ports of the other end
public record Ports(List<PortRange> local, List<PortRange> peer) {

  public static final Ports ANY = new Ports(List.of(), List.of());

  public Ports {
    local = List.copyOf(local);
    peer = List.copyOf(peer);
  }
}
