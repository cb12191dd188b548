// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A program for pods: every 40 ms it sends a numbered packet over UDP to each of its peers, from
/// either of its ports to the same port there, and prints what arrives. All times are in
/// microseconds since 1970. [BeaconLog] reads what it prints.
///
/// It stands alone, so that a pod needs nothing of the tests but its one class file.
final class Beacon {
  static final int PORT = 7001;
  static final int OTHER_PORT = 7002;

  /// On the wire, with all headers.
  static final int PACKET_BYTES = 250;

  static final long INTERVAL_MICROS = 40_000;

  private static final int HEADERS = 14 + 20 + 8;
  private static final int LOOK_AT_ERRORS = 5;

  private final String name;
  private final PrintStream out;
  private final Map<String, InetAddress> peers = new LinkedHashMap<>();

  private Beacon(String name, PrintStream out) {
    this.name = name;
    this.out = out;
  }

  /// Gets its own name, then on its standard input a line `NAME ADDRESS` for each peer, then `go`.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, US_ASCII);
    Beacon beacon = new Beacon(arguments[0], out);
    List<DatagramSocket> sockets =
        List.of(new DatagramSocket(PORT), new DatagramSocket(OTHER_PORT));
    sockets.forEach(socket -> Thread.ofPlatform().start(() -> beacon.listen(socket)));
    beacon.readPeers();
    beacon.send(sockets);
  }

  private void readPeers() throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    for (String line = in.readLine(); !"go".equals(line); line = in.readLine()) {
      if (line == null) {
        throw new IOException("the list of peers has no end");
      }
      String[] words = line.split(" ", -1);
      peers.put(words[0], InetAddress.getByName(words[1]));
    }
  }

  private void send(List<DatagramSocket> sockets) throws IOException {
    long next = micros();
    for (long number = 0; ; number++, next += INTERVAL_MICROS) {
      LockSupport.parkNanos((next - micros()) * 1000);
      long now = micros();
      out.printf("tick %d %d%n", number, now);
      for (String peer : peers.keySet()) {
        for (DatagramSocket socket : sockets) {
          send(socket, peer, "%d %d ".formatted(number, now));
        }
      }
      if (number % LOOK_AT_ERRORS == 0) {
        out.printf("errors %d %d%n", now, checksumErrors());
        out.flush();
      }
    }
  }

  private void send(DatagramSocket socket, String peer, String what) {
    int port = socket.getLocalPort();
    String link = "%s %s %d ".formatted(name, peer, port);
    byte[] payload =
        ("%-" + (PACKET_BYTES - HEADERS) + "s").formatted(link + what).getBytes(US_ASCII);
    try {
      socket.send(
          new DatagramPacket(
              payload, payload.length, new InetSocketAddress(peers.get(peer), port)));
    } catch (IOException e) {
      out.printf("unsent %s%s%n", link, e.getMessage());
    }
  }

  private void listen(DatagramSocket socket) {
    DatagramPacket packet = new DatagramPacket(new byte[PACKET_BYTES], PACKET_BYTES);
    while (true) {
      try {
        packet.setLength(PACKET_BYTES);
        socket.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), US_ASCII);
        out.printf("heard %s %d%n", text.strip(), micros());
      } catch (IOException e) {
        out.printf("deaf %s%n", e.getMessage());
      }
    }
  }

  /// Packets over UDP that the kernel has thrown away because their checksum was wrong.
  private static long checksumErrors() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("/proc/net/snmp")).stream()
            .filter(line -> line.startsWith("Udp: "))
            .toList();
    List<String> names = List.of(lines.getFirst().split(" ", -1));
    return Long.parseLong(lines.getLast().split(" ", -1)[names.indexOf("InCsumErrors")]);
  }

  private static long micros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }
}
