// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a scenario measured: printed as it comes, and kept as a Markdown table in
/// `target/scenario-figures.md`, where the other scenarios' latest ones stay.
final class Figures {
  private static final Path FOLDER = Path.of("target", "scenario-figures");
  private static final Path SUMMARY = Path.of("target", "scenario-figures.md");

  private final String title;
  private final List<String> rows = new ArrayList<>();

  Figures(String title) {
    this.title = title;
  }

  /// @param limit what the figure has to keep to, in words
  void add(String what, String measured, String limit) {
    rows.add("| %s | %s | %s |".formatted(what, measured, limit));
    System.out.printf("%s: %s: %s (%s)%n", title, what, measured, limit);
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static String millis(long nanos) {
    return format("%.3f ms", nanos / 1e6);
  }

  void write() {
    String head = "## %s%n%n| | measured | limit |%n|---|---|---|%n".formatted(title);
    String name = title.toLowerCase(Locale.ROOT).replace(' ', '-') + ".md";
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name), head + String.join("\n", rows) + "\n");
      Files.writeString(SUMMARY, "# Scenario figures\n\n" + sections());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sections() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Figures::read).collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
