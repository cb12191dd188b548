// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.target.IpPrefix;
import dev.squall.target.Ports;
import dev.squall.target.Protocol;
import dev.squall.target.TcpFlag;
import dev.squall.target.TcpFlags;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which packets a rule is for. An empty list, or a mask of nothing, asks for nothing.
///
/// @param protocols bit n: protocol class n of `fault_abi.h`
/// @param peers addresses of the other end
/// @param flags what the TCP flags must be
record Match(int protocols, List<IpPrefix> peers, Ports ports, Flags flags) {
  static final int TCP_ONLY = 1;
  static final int ANY_PROTOCOL = (1 << FaultAbi.PROTOCOLS) - 1;

  Match {
    peers = List.copyOf(peers);
  }

  /// TCP flags that must be set and that must not.
  record Flags(int set, int clear) {
    static final Flags ANY = new Flags(0, 0);

    static Flags of(@Nullable TcpFlags flags) {
      return flags == null ? ANY : new Flags(bits(flags.set()), bits(flags.clear()));
    }

    Flags butClear(TcpFlag flag) {
      return new Flags(set, clear | flag.bit());
    }

    boolean isAny() {
      return (set | clear) == 0;
    }

    boolean accepts(int value) {
      return (value & set) == set && (value & clear) == 0;
    }

    private static int bits(Set<TcpFlag> flags) {
      return flags.stream().mapToInt(TcpFlag::bit).reduce(0, (a, b) -> a | b);
    }
  }

  static int protocols(@Nullable Protocol protocol) {
    if (protocol == null) {
      return ANY_PROTOCOL;
    }
    return switch (protocol) {
      case TCP -> TCP_ONLY;
      case UDP -> 2;
      case ICMP -> 4;
    };
  }

  boolean asksForPorts() {
    return !ports.local().isEmpty() || !ports.peer().isEmpty();
  }
}
