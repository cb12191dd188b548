// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The counters of the calling thread's network namespace, as proc(5) tells them.
final class Snmp {
  private Snmp() {}

  /// @param group `Udp`, `Tcp`, `Icmp`, `TcpExt`, `IpExt`, or with a 6 at its end for those of IPv6
  static long read(String group, String counter) throws IOException {
    return group.endsWith("6") ? readSix(group + counter) : readFour(group + ":", counter);
  }

  /// A line of names, then a line of values.
  private static long readFour(String group, String counter) throws IOException {
    String file = group.endsWith("Ext:") ? "netstat" : "snmp";
    List<String[]> lines =
        Files.readAllLines(Path.of("/proc/thread-self/net", file)).stream()
            .map(line -> line.split(" ", -1))
            .filter(words -> words[0].equals(group))
            .toList();
    int column = List.of(lines.getFirst()).indexOf(counter);
    return Long.parseLong(lines.getLast()[column]);
  }

  /// A name and a value in each line.
  private static long readSix(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/thread-self/net/snmp6")).stream()
        .map(line -> line.trim().split("\\s+", -1))
        .filter(words -> words[0].equals(name))
        .mapToLong(words -> Long.parseLong(words[1]))
        .findFirst()
        .orElseThrow();
  }
}
