// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which flows, and which packets in the course of a flow. A flow is both ends with their ports,
/// and the protocol; its packets are counted in each direction for themselves.
///
/// A TCP connection begins with its SYN. One that was there before the fault is past its beginning:
/// `after` chooses its packets, `first` does not. Other flows begin with the first packet seen.
///
/// @param tcpFlags null means any
/// @param serverNames only flows of TLS whose ClientHello names one of these (SNI), from that
///   packet on; an empty list means any flow
/// @param after only packets behind so much of the flow; null means from its beginning
/// @param first only packets that begin within so much of the flow; null means to its end
public record FlowFilter(
    @Nullable TcpFlags tcpFlags,
    List<NamePattern> serverNames,
    @Nullable FlowExtent after,
    @Nullable FlowExtent first) {

  public static final FlowFilter ANY = new FlowFilter(null, List.of(), null, null);

  public FlowFilter {
    serverNames = List.copyOf(serverNames);
    if (after != null
        && first != null
        && after.unit() == first.unit()
        && after.amount() >= first.amount()) {
      throw new IllegalArgumentException(
          "after %s: nothing of the first %s is left then".formatted(after, first));
    }
  }

  /// Whether it is only for TCP.
  public boolean needsTcp() {
    return tcpFlags != null || !serverNames.isEmpty();
  }
}
