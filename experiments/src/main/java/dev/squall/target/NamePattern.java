// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.util.Locale;
import java.util.regex.Pattern;

/// A host name, or all that begin or end alike: `api.example.com`, `bad.*`, `*.example`, `*`. Case
/// does not matter, and a name is always meant as a whole.
///
/// @param text in lower case, without the dot that may end a name
public record NamePattern(String text) {
  /// Regular expression of what [#parse] reads.
  public static final String SYNTAX = "\\*?[0-9A-Za-z._-]{0,253}\\*?";

  /// Of a name, RFC 1035.
  public static final int LONGEST = 253;

  private static final Pattern PATTERN = Pattern.compile("\\*|\\*?[0-9a-z._-]+|[0-9a-z._-]+\\*");

  public NamePattern {
    text = text.toLowerCase(Locale.ROOT);
    if (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    if (!PATTERN.matcher(text).matches() || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          text
              + ": a name pattern is a host name with at most one *, at its beginning or its end,"
              + " as in bad.* or *.example");
    }
  }

  /// Reads what a user wrote.
  public static NamePattern parse(String text) {
    return new NamePattern(text);
  }

  /// What a name has to begin with; the whole of it where there is no `*`.
  public String prefix() {
    return text.startsWith("*") ? "" : text.replace("*", "");
  }

  /// What a name has to end with, where the `*` is at the beginning; else nothing.
  public String suffix() {
    return text.startsWith("*") ? text.substring(1) : "";
  }

  /// Whether it is one name only.
  public boolean isExact() {
    return !text.contains("*");
  }

  @Override
  public String toString() {
    return text;
  }
}
