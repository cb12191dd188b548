// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Target;

/// An interface on which faults are attached.
///
/// @param target whose it is
/// @param name as its own network namespace calls it
/// @param hasEthernetHeader whether its packets begin with an Ethernet header, else with that of IP
public record AttachedInterface(Target target, String name, boolean hasEthernetHeader) {

  /// `netns web (eth0)`.
  public String describe() {
    return "%s (%s)".formatted(target.describe(), name);
  }
}
