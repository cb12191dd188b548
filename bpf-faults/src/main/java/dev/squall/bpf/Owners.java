// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.RunMap;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/// Numbers by which Squall's programs tell their own returning packets from each other's.
final class Owners {
  private static final int NUMBERS = 65535;

  private Owners() {}

  /// A number that no living program on this host has.
  static int unused() {
    Set<Integer> taken =
        Registry.entries().stream()
            .map(Registry.Entry::identity)
            .map(RunMap.Identity::owner)
            .collect(Collectors.toSet());
    int number;
    do {
      number = 1 + ThreadLocalRandom.current().nextInt(NUMBERS);
    } while (taken.contains(number));
    return number;
  }
}
