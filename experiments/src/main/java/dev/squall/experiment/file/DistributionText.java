// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import dev.squall.fault.Distribution;
import dev.squall.fault.DistributionTable;
import dev.squall.fault.NamedDistribution;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A distribution as it is written: a name, or the path of a file with a table.
///
/// Such a file is what tc-netem(8) reads: whole numbers of 16 bits between white space, in decimal,
/// hexadecimal (`0x1f`) or octal (`017`), and comments from `#` to the end of the line.
public final class DistributionText {

  private static final String NAMES =
      Stream.of(NamedDistribution.values()).map(Object::toString).collect(Collectors.joining("|"));

  private static final String PATH = "[^\\x00-\\x1f\\x7f]*(?:/[^\\x00-\\x1f\\x7f]*|\\.dist)";

  /// Regular expression of what [#parse] takes for a name or a path.
  public static final String SYNTAX = NAMES + "|" + PATH;

  private static final int LONGEST_SHOWN = 20;

  private DistributionText() {}

  /// Reads `normal`, or the file that a text with a `/` or with `.dist` at its end names. A
  /// relative path begins in the working directory of this process.
  ///
  /// @throws IllegalArgumentException also when the file cannot be read or holds no table
  public static Distribution parse(String text) {
    for (NamedDistribution named : NamedDistribution.values()) {
      if (named.toString().equals(text)) {
        return named;
      }
    }
    if (!text.matches(PATH)) {
      throw new IllegalArgumentException(
          "%s: write %s, or the path of a table, with a / or with .dist at its end"
              .formatted(text, NAMES.replace("|", ", ")));
    }
    return new DistributionTable(text, values(text));
  }

  private static List<Short> values(String file) {
    String text = new String(bytes(file), StandardCharsets.ISO_8859_1);
    List<Short> values = new ArrayList<>();
    int line = 0;
    for (String each : text.lines().toList()) {
      line++;
      StringTokenizer words = new StringTokenizer(each.replaceFirst("(?s)#.*", ""));
      while (words.hasMoreTokens()) {
        values.add(value(words.nextToken(), file + ":" + line));
      }
    }
    return values;
  }

  private static byte[] bytes(String file) {
    try {
      return FileText.bytes(Path.of(file));
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(file + ": " + refused.getMessage(), refused);
    }
  }

  private static Short value(String word, String place) {
    try {
      return Short.decode(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: %s: a table holds whole numbers from -32768 to 32767".formatted(place, shown(word)),
          e);
    }
  }

  /// Any file at all may have been named.
  private static String shown(String word) {
    String visible = word.replaceAll("[^!-~]", "?");
    return visible.length() <= LONGEST_SHOWN ? visible : visible.substring(0, LONGEST_SHOWN) + "…";
  }
}
