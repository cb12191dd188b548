// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The tables for netem that iproute2 has put onto this host. A test that needs one is skipped
/// where there is none.
public final class NetemFiles {
  private static final String LIBRARIES = "/usr/lib/";
  private static final List<Path> FOLDERS =
      Stream.of("", "x86_64-linux-gnu/", "aarch64-linux-gnu/", "../lib64/", "../share/")
          .map(place -> Path.of(LIBRARIES + place + "tc").normalize())
          .toList();

  private NetemFiles() {}

  public static Path of(String distribution) {
    return FOLDERS.stream()
        .map(folder -> folder.resolve(distribution + ".dist"))
        .filter(Files::exists)
        .findFirst()
        .orElseGet(
            () -> Assumptions.abort("iproute2 brings no %s.dist here".formatted(distribution)));
  }

  /// The values of a table, in their order.
  public static double[] values(String distribution) {
    try (Stream<String> lines = Files.lines(of(distribution))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.strip().split("\\s+")))
          .mapToDouble(Double::parseDouble)
          .toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
