// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import java.util.List;
import java.util.Locale;

/// What can hold a packet.
public enum DelayMechanism {
  /// A qdisc that releases each packet at its own time.
  FQ,
  /// A qdisc whose classes each release one packet a delay after it came; classes that are due at
  /// one instant in any order.
  HTB,
  /// A device that this process reads and writes.
  TAP;

  /// Names one to be used, instead of the best: `fq`, `htb` or `tap`.
  static final String PROPERTY = "squall.delay";

  /// The best first.
  static List<DelayMechanism> choices(boolean inOrder) {
    String chosen = System.getProperty(PROPERTY);
    if (chosen != null) {
      return List.of(valueOf(chosen.toUpperCase(Locale.ROOT)));
    }
    return inOrder ? List.of(FQ, TAP) : List.of(FQ, HTB, TAP);
  }
}
