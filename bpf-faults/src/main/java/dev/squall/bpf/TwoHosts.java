// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.linux.Addresses;
import dev.squall.bpf.linux.Links;
import dev.squall.bpf.linux.NetworkNamespace;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.concurrent.Callable;

/// Two hosts on a cable: network namespaces that only this process holds, joined by a veth pair.
/// They are gone when this is closed, and when the process dies.
public final class TwoHosts implements AutoCloseable {
  private static final String INTERFACE = "eth0";
  private static final int MTU = 1500;
  private static final int PREFIX = 24;

  private final NetworkNamespace server = NetworkNamespace.anonymous();
  private final NetworkNamespace client = NetworkNamespace.anonymous();

  /// Makes both, connected and with addresses.
  public static TwoHosts connect() {
    TwoHosts hosts = new TwoHosts();
    try {
      hosts.server.call(
          () -> {
            Links.createVethPair(INTERFACE, INTERFACE, hosts.client, MTU);
            return up(serverAddress());
          });
      hosts.client.call(() -> up(address(2)));
      return hosts;
    } catch (RuntimeException | Error e) {
      hosts.close();
      throw e;
    }
  }

  private static boolean up(InetAddress address) {
    int ifindex = Objects.requireNonNull(Links.byName(INTERFACE)).index();
    Links.up(ifindex);
    Links.up(Objects.requireNonNull(Links.byName("lo")).index());
    Addresses.add(ifindex, address, PREFIX);
    return true;
  }

  /// Where the client reaches the server: 192.0.2.0/24 is for examples (RFC 5737).
  public static InetAddress serverAddress() {
    return address(1);
  }

  private static InetAddress address(int host) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) host});
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  /// The interface of either host.
  public static String networkInterface() {
    return INTERFACE;
  }

  /// Runs work on a thread inside the server's namespace.
  public <T> T onServer(Callable<T> work) {
    return server.call(work);
  }

  /// Runs work on a thread inside the client's namespace.
  public <T> T onClient(Callable<T> work) {
    return client.call(work);
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
