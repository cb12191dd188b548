// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/// The capabilities(7) that Squall has a use for.
public enum Capability {
  /// Interfaces, queues, and attaching programs to them.
  NET_ADMIN(12),
  /// Entering the namespaces of processes of other users.
  SYS_PTRACE(19),
  /// Entering and making network namespaces, walking BPF objects.
  SYS_ADMIN(21),
  /// BPF programs that use pointers freely.
  PERFMON(38),
  /// Loading BPF programs and making maps.
  BPF(39);

  private static final String EFFECTIVE = "CapEff:";

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  /// Those that this process has now.
  public static Set<Capability> effective() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(EFFECTIVE)) {
          return parse(line.substring(EFFECTIVE.length()).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Set.of();
  }

  /// @param mask hexadecimal, one bit a capability
  static Set<Capability> parse(String mask) {
    long bits = Long.parseUnsignedLong(mask, 16);
    Set<Capability> held = EnumSet.noneOf(Capability.class);
    for (Capability capability : values()) {
      if ((bits >> capability.bit & 1) == 1) {
        held.add(capability);
      }
    }
    return held;
  }

  /// As people write it: `CAP_BPF`.
  public String label() {
    return "CAP_" + name();
  }
}
