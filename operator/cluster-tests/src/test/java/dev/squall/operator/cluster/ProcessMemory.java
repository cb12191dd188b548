// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where the resident memory of a Java process is.
///
/// @param parts in KiB, by what they hold
record ProcessMemory(Map<String, Long> parts) {
  private static final Pattern MAPPING =
      Pattern.compile("([0-9a-f]+)-[0-9a-f]+ \\S+ \\S+ \\S+ \\d+ *(.*)");
  private static final Pattern RESIDENT = Pattern.compile("Rss: +(\\d+) kB");
  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  /// A heap with compressed references lies below.
  private static final long HEAPS_END = 1L << 32;

  /// @param smaps the process's `/proc/PID/smaps`
  static ProcessMemory parse(String smaps) {
    Map<String, Long> parts = new TreeMap<>();
    String part = "";
    for (String line : smaps.lines().toList()) {
      Matcher mapping = MAPPING.matcher(line);
      Matcher resident = RESIDENT.matcher(line);
      if (mapping.matches()) {
        part = part(Long.parseUnsignedLong(mapping.group(1), 16), mapping.group(2));
      } else if (resident.matches()) {
        parts.merge(part, Long.parseLong(resident.group(1)), Long::sum);
      }
    }
    return new ProcessMemory(parts);
  }

  private static String part(long address, String file) {
    if (file.contains("bpf-map")) {
      return "maps of BPF programs";
    }
    if (file.endsWith(".jsa") || file.endsWith("/modules") || file.endsWith(".jar")) {
      return "classes of the JDK and of jars";
    }
    if (file.startsWith("/")) {
      return "libraries";
    }
    if (file.isEmpty() && address < HEAPS_END) {
      return "Java heap and class space";
    }
    return "metaspace, code, stacks, C heap";
  }

  /// The largest resident memory that a process ever had, in MiB.
  ///
  /// @param status its `/proc/PID/status`
  static long peak(String status) {
    Matcher peak = PEAK.matcher(status);
    if (!peak.find()) {
      throw new IllegalArgumentException("no VmHWM in: " + status);
    }
    return Long.parseLong(peak.group(1)) / 1024;
  }

  @Override
  public String toString() {
    return parts.entrySet().stream()
        .filter(part -> part.getValue() > 0)
        .map(part -> part.getKey() + " " + part.getValue() / 1024)
        .collect(Collectors.joining(", "));
  }
}
