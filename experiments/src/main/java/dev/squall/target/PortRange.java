// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ports from `first` to `last`, both included.
public record PortRange(int first, int last) {

  /// What a port or a range of ports looks like, as a regular expression.
  public static final String SYNTAX = "([0-9]{1,5})(?:-([0-9]{1,5}))?";

  public static final int LARGEST = 65_535;

  private static final Pattern PATTERN = Pattern.compile(SYNTAX);

  public PortRange {
    requirePort(first);
    requirePort(last);
    if (first > last) {
      throw new IllegalArgumentException(
          "%d-%d: a range begins with its lower port, %d-%d".formatted(first, last, last, first));
    }
  }

  /// Reads `80` or `8000-8100`.
  public static PortRange parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          text + ": ports are written as one number or a range, as in 80 or 8000-8100");
    }
    int first = Integer.parseInt(matcher.group(1));
    String last = matcher.group(2);
    return new PortRange(first, last == null ? first : Integer.parseInt(last));
  }

  /// The text that [#parse] reads: `80` or `8000-8100`.
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }

  private static void requirePort(int port) {
    if (port < 1 || port > LARGEST) {
      throw new IllegalArgumentException(port + ": a port is from 1 to " + LARGEST);
    }
  }
}
