// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.target.FlowExtent;
import dev.squall.target.FlowFilter;
import dev.squall.target.IpPrefix;
import dev.squall.target.NamePattern;
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
/// @param names which it must carry
/// @param part of its flow, in which it must be
record Match(
    int protocols, List<IpPrefix> peers, Ports ports, Flags flags, Names names, Part part) {
  static final int TCP_ONLY = 1;
  static final int UDP_ONLY = 2;
  static final int ANY_PROTOCOL = (1 << FaultAbi.PROTOCOLS) - 1;

  Match {
    peers = List.copyOf(peers);
  }

  /// A part of a flow, in packets or bytes.
  ///
  /// @param after begins behind so much
  /// @param first ends with so much; 0 is the end of the flow
  record Part(long after, long first) {
    static final Part ALL = new Part(0, 0);

    static Part of(FlowFilter flows) {
      FlowExtent after = flows.after();
      FlowExtent first = flows.first();
      return new Part(after == null ? 0 : after.amount(), first == null ? 0 : first.amount());
    }
  }

  /// Names that a packet, or its flow, must carry.
  ///
  /// @param patterns any of these; none for NOWHERE
  record Names(Place place, List<NamePattern> patterns) {
    static final Names ANY = new Names(Place.NOWHERE, List.of());

    Names {
      patterns = List.copyOf(patterns);
    }

    /// Where names stand.
    enum Place {
      NOWHERE,
      /// In the question of an answer of DNS.
      QUESTION,
      /// In the hello of TLS.
      SERVER
    }

    static Names servers(List<NamePattern> patterns) {
      return patterns.isEmpty() ? ANY : new Names(Place.SERVER, patterns);
    }

    static Names questions(List<NamePattern> patterns) {
      return new Names(
          Place.QUESTION, patterns.isEmpty() ? List.of(NamePattern.parse("*")) : patterns);
    }
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

  /// All packets, or those with the peers, ports and protocols given.
  static Match of(int protocols, List<IpPrefix> peers, Ports ports) {
    return new Match(protocols, peers, ports, Flags.ANY, Names.ANY, Part.ALL);
  }

  static int protocols(@Nullable Protocol protocol) {
    if (protocol == null) {
      return ANY_PROTOCOL;
    }
    return switch (protocol) {
      case TCP -> TCP_ONLY;
      case UDP -> UDP_ONLY;
      case ICMP -> 4;
    };
  }

  boolean asksForPorts() {
    return !ports.local().isEmpty() || !ports.peer().isEmpty();
  }
}
