// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.linux.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;

/// Two hosts on one wire. One sends UDP to each of many addresses of the other in turn, as fast as
/// it can; at the other a socket takes what it has room for. Both are network namespaces without a
/// name, which go with this process, however it ends.
final class Flood implements AutoCloseable {
  static final String INTERFACE = "eth0";

  /// The smallest IP packet that is sent.
  static final int SMALLEST = 64;

  private static final int PORT = 9;
  private static final int IP_AND_UDP_HEADER = 28;
  private static final int ADDRESS_BYTES = 16; // struct sockaddr_in
  private static final short AF_INET = 2;
  private static final int SO_RCVBUF = 8;
  private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 32;

  private final Arena arena = Arena.ofConfined();
  private final NetworkNamespace sender = NetworkNamespace.anonymous();
  private final NetworkNamespace receiver = NetworkNamespace.anonymous();
  private final List<String> peers;
  private final MemorySegment addresses;
  private final MemorySegment payload = arena.allocate(1 << 16);
  private final Process inhabitant;
  private final NativeSocket from;
  private final NativeSocket to;
  private int next;
  private long sent;
  private Runnable last = () -> {};

  /// @param count of the receiver's addresses, at most 16,000
  Flood(int count) {
    peers =
        IntStream.range(0, count)
            .mapToObj(i -> "10.9.%d.%d".formatted(i / 250, i % 250 + 1))
            .toList();
    addresses = arena.allocate((long) ADDRESS_BYTES * count, 4);
    IntStream.range(0, count).forEach(i -> write(i, peers.get(i)));
    wire();
    inhabitant = inhabit(sender);
    from = NativeSocket.datagram(sender, Family.IPV4);
    to = NativeSocket.datagram(receiver, Family.IPV4);
    to.option(NativeSocket.SOL_SOCKET, SO_RCVBUF, 1);
    to.bind(new InetSocketAddress("0.0.0.0", PORT));
  }

  private void write(int index, String peer) {
    MemorySegment address = addresses.asSlice((long) index * ADDRESS_BYTES, ADDRESS_BYTES);
    address.set(JAVA_SHORT, 0, AF_INET);
    address.set(JAVA_BYTE, 3, (byte) PORT);
    String[] numbers = peer.split("\\.", -1);
    for (int i = 0; i < numbers.length; i++) {
      address.set(JAVA_BYTE, 4 + i, (byte) Integer.parseInt(numbers[i]));
    }
  }

  private void wire() {
    String peerEnd = " type veth peer name eth0 netns " + path(receiver);
    Shell.in(sender, "ip link add " + INTERFACE + peerEnd);
    for (NetworkNamespace host : List.of(sender, receiver)) {
      Shell.in(host, "ip link set lo up");
      Shell.in(host, "ip link set eth0 up");
    }
    Shell.in(sender, "ip addr add 10.0.0.1/24 dev eth0");
    Shell.in(receiver, "ip addr add 10.0.0.2/24 dev eth0");
    Shell.in(sender, "ip route add 10.9.0.0/16 via 10.0.0.2");
    Shell.in(receiver, "ip route add local 10.9.0.0/16 dev lo");
  }

  private static String path(NetworkNamespace namespace) {
    return "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), namespace.fd());
  }

  /// A process that is at a host as soon as it answers, and ends when this process does.
  private static Process inhabit(NetworkNamespace host) {
    try {
      Process process = new ProcessBuilder("nsenter", "--net=" + path(host), "cat").start();
      process.getOutputStream().write('?');
      process.getOutputStream().flush();
      if (process.getInputStream().read() != '?') {
        throw new IllegalStateException("nobody can enter " + host.description());
      }
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A process at the sender.
  int inhabitant() {
    return (int) inhabitant.pid();
  }

  /// Runs a command at the sender.
  void run(String command) {
    Shell.in(sender, command);
  }

  /// The addresses that are sent to.
  List<String> peers() {
    return peers;
  }

  /// Sends for some time.
  ///
  /// @param bytes of each IP packet
  /// @return packets per second
  double send(long nanos, int bytes) {
    long begin = System.nanoTime();
    long end = begin;
    long before = sent;
    while (end - begin < nanos) {
      for (int i = 0; i < BETWEEN_LOOKS_AT_THE_CLOCK; i++) {
        sendOne(bytes - IP_AND_UDP_HEADER);
      }
      end = System.nanoTime();
    }
    return (sent - before) * 1e9 / (end - begin);
  }

  private void sendOne(int bytes) {
    long address = addresses.address() + (long) next * ADDRESS_BYTES;
    NativeSocket.SENDTO.call(from.fd(), payload.address(), bytes, 0, address, ADDRESS_BYTES);
    next = next + 1 == peers.size() ? 0 : next + 1;
    sent++;
  }

  /// Packets that the sender has tried to send.
  long sent() {
    return sent;
  }

  /// Packets that have come to the receiver's IP, by the receiver's counter.
  long arrived() {
    return TestNetwork.counter(receiver, "Ip", "InDelivers");
  }

  /// To be done before the hosts go.
  void endsWith(Runnable action) {
    last = action;
  }

  @Override
  public void close() {
    last.run();
    inhabitant.destroy();
    from.close();
    to.close();
    sender.close();
    receiver.close();
    arena.close();
  }
}
