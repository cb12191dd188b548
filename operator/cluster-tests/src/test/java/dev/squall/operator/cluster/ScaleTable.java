// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was measured, as a Markdown table, printed row by row and kept in a file.
final class ScaleTable {
  private static final Path FOLDER = Path.of("target", "scale");

  private final String title;
  private final List<String> rows = new ArrayList<>();

  ScaleTable(String title) {
    this.title = title;
  }

  void add(String what, String measured, String aim) {
    String row = "| %s | %s | %s |".formatted(what, measured, aim);
    rows.add(row);
    System.out.println(row);
  }

  void add(String what, Duration time, Duration limit) {
    add(what, seconds(time), "< " + limit.toSeconds() + " s");
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }

  void write() {
    try {
      Files.createDirectories(FOLDER);
      String head = "| %s | measured | aim |%n|---|---|---|%n".formatted(title);
      Files.writeString(
          FOLDER.resolve(title.replaceAll("[^A-Za-z0-9]+", "-") + ".md"),
          head + String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
