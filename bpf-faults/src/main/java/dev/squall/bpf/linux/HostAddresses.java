// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import dev.squall.target.IpPrefix;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The addresses with which this host, as its first process sees it, speaks to a target: whichever
/// its routes choose, for each address that the target has.
public final class HostAddresses {
  private static final int INIT = 1;
  private static final int ANY_PORT = 9;

  private HostAddresses() {}

  /// Finds them; empty where the host has no way to the target.
  ///
  /// @param networkInterface the target's
  public static List<IpPrefix> towards(NetworkNamespace target, String networkInterface) {
    List<InetAddress> others = target.call(() -> addresses(networkInterface));
    try (NetworkNamespace host = NetworkNamespace.pid(INIT)) {
      return host.call(() -> sources(others));
    }
  }

  private static List<InetAddress> addresses(String name) throws SocketException {
    NetworkInterface found = NetworkInterface.getByName(name);
    return found == null
        ? List.of()
        : Collections.list(found.getInetAddresses()).stream()
            .filter(address -> !address.isLinkLocalAddress())
            .toList();
  }

  private static List<IpPrefix> sources(List<InetAddress> others) {
    return others.stream().flatMap(other -> source(other).stream()).distinct().toList();
  }

  /// Nothing is sent: the kernel only chooses the route. Without one nothing can come from there.
  private static Optional<IpPrefix> source(InetAddress other) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(other, ANY_PORT));
      return Optional.of(IpPrefix.host(socket.getLocalAddress()));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }
}
