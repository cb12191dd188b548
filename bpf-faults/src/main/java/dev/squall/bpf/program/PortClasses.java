// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.fault.FaultException;
import dev.squall.target.PortRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Ports that satisfy the same rules form a class, so that a table of one byte per port will do.
/// Class 0 is that of the ports which no rule names.
final class PortClasses {
  private static final int PORTS = 65536;

  private final Masks[] named = new Masks[PORTS];
  private final byte[] classes = new byte[PORTS];
  private final List<Masks> masks = new ArrayList<>();

  PortClasses() {
    Arrays.fill(named, Masks.NONE);
  }

  void add(List<PortRange> ranges, Masks rules) {
    for (PortRange range : ranges) {
      for (int port = range.first(); port <= range.last(); port++) {
        named[port] = named[port].or(rules);
      }
    }
  }

  /// @param indifferent rules that name no port: every class satisfies them
  void assign(Masks indifferent) {
    Map<Masks, Integer> known = new HashMap<>(Map.of(Masks.NONE, 0));
    masks.add(indifferent);
    for (int port = 0; port < PORTS; port++) {
      if (named[port].equals(Masks.NONE)) {
        continue;
      }
      int next = known.size();
      int number = known.computeIfAbsent(named[port], _ -> next);
      if (number == next) {
        requireRoom(number);
        masks.add(named[port].or(indifferent));
      }
      classes[port] = (byte) number;
    }
  }

  private static void requireRoom(int number) {
    if (number >= FaultAbi.PORT_CLASSES) {
      throw new FaultException(
          FaultException.Kind.USER,
          "the rules of one interface tell more than %d sets of ports apart: use fewer"
              .formatted(FaultAbi.PORT_CLASSES - 1));
    }
  }

  int classOf(int port) {
    return Byte.toUnsignedInt(classes[port]);
  }

  List<Masks> masks() {
    return masks;
  }
}
