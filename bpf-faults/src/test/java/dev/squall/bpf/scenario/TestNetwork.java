// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.linux.Privilege;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Two hosts on one wire: the target, whose `eth0` the faults are injected into, and its peer. Each
/// is a network namespace with an IPv4 and an IPv6 address; nothing but what a test sends is on the
/// wire, except ARP and neighbour discovery.
///
/// The names hold the process id of the test run, so that what a killed run left is found and
/// removed by the next one, and runs side by side leave each other alone.
final class TestNetwork implements AutoCloseable {
  private static final String PREFIX = "squall-it-";
  private static final Path NAMED = Path.of("/run/netns");
  static final String INTERFACE = "eth0";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  static {
    sweep();
  }

  private final String name =
      PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
  private final NetworkNamespace target;
  private final NetworkNamespace peer;

  /// Skips the test when this process may not do that.
  TestNetwork() {
    Privilege.require();
    try {
      ip("netns add " + targetName(), "netns add " + peerName());
      wire();
      target = NetworkNamespace.named(targetName());
      peer = NetworkNamespace.named(peerName());
      Stream.of(Family.values()).forEach(this::warmUp);
    } catch (RuntimeException | Error e) {
      remove();
      throw e;
    }
  }

  private void wire() {
    ip(
        "link add %1$s netns %2$s type veth peer name %1$s netns %3$s"
            .formatted(INTERFACE, targetName(), peerName()));
    configure(targetName(), 1);
    configure(peerName(), 2);
  }

  private static void configure(String namespace, int host) {
    in(namespace, "link set lo up");
    in(namespace, "link set " + INTERFACE + " addrgenmode none");
    in(namespace, "link set " + INTERFACE + " up");
    in(namespace, "addr add %s dev %s".formatted(Family.IPV4.cidr(host), INTERFACE));
    in(namespace, "addr add %s dev %s nodad".formatted(Family.IPV6.cidr(host), INTERFACE));
  }

  /// One datagram across, so that both hosts know each other's link addresses.
  private void warmUp(Family family) {
    InetSocketAddress there = new InetSocketAddress(peerAddress(family), 9);
    try (NativeSocket receiver = NativeSocket.datagram(peer, family);
        NativeSocket sender = NativeSocket.datagram(target, family)) {
      receiver.bind(there);
      sender.connect(there);
      sender.send(new byte[1]);
      if (receiver.receive() != 1) {
        throw new AssertionError("no " + family + " between the hosts of " + name);
      }
    }
  }

  String targetName() {
    return name + "-target";
  }

  String peerName() {
    return name + "-peer";
  }

  NetworkNamespace target() {
    return target;
  }

  NetworkNamespace peer() {
    return peer;
  }

  InetAddress targetAddress(Family family) {
    return family.address(1);
  }

  InetAddress peerAddress(Family family) {
    return family.address(2);
  }

  /// Switches the checksum offload of both ends, and with it segmentation offload. Off means that
  /// the sending host finishes each checksum and the receiving host verifies it.
  void offloadChecksums(boolean on) {
    String setting = on ? "on" : "off";
    for (String host : List.of(targetName(), peerName())) {
      Tool.run(
          List.of(
              "ip netns exec %s ethtool -K %s tx %s rx %s"
                  .formatted(host, INTERFACE, setting, setting)
                  .split(" ", -1)));
    }
  }

  void setMtu(int bytes) {
    for (String host : List.of(targetName(), peerName())) {
      in(host, "link set %s mtu %d".formatted(INTERFACE, bytes));
    }
  }

  /// A counter of /proc/net/snmp, snmp6 or netstat of a host, such as `Udp` `RcvbufErrors` or
  /// `Udp6RcvbufErrors`.
  static long counter(NetworkNamespace host, String group, String counter) {
    return host.call(() -> Snmp.read(group, counter));
  }

  /// Datagrams that a host's sockets had no room for, of both families.
  static long lostAtSockets(NetworkNamespace host) {
    return counter(host, "Udp", "RcvbufErrors") + counter(host, "Udp6", "RcvbufErrors");
  }

  @Override
  public void close() {
    target.close();
    peer.close();
    remove();
  }

  private void remove() {
    for (String host : List.of(targetName(), peerName())) {
      Tool.attempt(List.of("ip", "netns", "del", host));
    }
  }

  private static void ip(String... commands) {
    for (String command : commands) {
      Tool.run(("ip " + command).split(" ", -1));
    }
  }

  private static void in(String namespace, String command) {
    ip("-n " + namespace + " " + command);
  }

  /// Removes the namespaces of runs that have ended without doing so.
  private static void sweep() {
    if (!Files.isDirectory(NAMED)) {
      return;
    }
    try (Stream<Path> names = Files.list(NAMED)) {
      names
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(PREFIX))
          .filter(name -> !isAlive(name))
          .forEach(name -> Tool.attempt(List.of("ip", "netns", "del", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAlive(String name) {
    String pid = name.substring(PREFIX.length()).split("-", 2)[0];
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }
}
