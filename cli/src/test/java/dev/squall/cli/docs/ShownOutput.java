// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Output as a guide shows it, to be compared with real output.
///
/// Words have to be the same. What varies from run to run may differ:
///
/// - a number, unless it stands in a command of the same block (`5%` there means `5%` here);
/// - an identifier in hexadecimal digits, if the one shown has both digits and letters;
/// - the number of spaces, and the unit of a size;
/// - `…` in a line stands for any text, alone in a line for any lines;
/// - the countdown that a run prints every few seconds may be left out.
final class ShownOutput {
  private static final Pattern HEXADECIMAL =
      Pattern.compile("\\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{3,}\\b");
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:]\\d+)*");
  private static final Pattern QUANTITY = Pattern.compile(NUMBER + "(?:%|[A-Za-z]+)?");
  private static final Pattern SIZE = Pattern.compile(NUMBER + " ?(?:B|KiB|MiB|GiB)\\b");
  private static final Pattern ELLIPSIS = Pattern.compile("…");
  private static final Pattern VARYING =
      Pattern.compile(String.join("|", "" + HEXADECIMAL, "" + SIZE, "" + QUANTITY, "" + ELLIPSIS));
  private static final Pattern COUNTDOWN = Pattern.compile("(?m)^[0-9.]+m?s left: .*\n");

  private final Pattern pattern;

  /// @param commands of the block
  ShownOutput(List<String> lines, List<String> commands) {
    Set<String> fixed =
        commands.stream()
            .flatMap(command -> QUANTITY.matcher(command).results())
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    pattern =
        Pattern.compile(
            String.join("\n", lines)
                .stripTrailing()
                .lines()
                .map(line -> line(line, fixed))
                .collect(Collectors.joining()));
  }

  /// Whether this is the output, from its first to its last line.
  boolean matches(String real) {
    return pattern.matcher(plain(real)).matches();
  }

  /// Whether the output so far begins with these lines.
  boolean isBeginningOf(String real) {
    return pattern.matcher(plain(real)).lookingAt();
  }

  private static String plain(String real) {
    String text = COUNTDOWN.matcher(spaced(real)).replaceAll("").replaceAll(" \n", "\n");
    return text.isBlank() ? "" : text.stripTrailing() + "\n";
  }

  private static String line(String shown, Set<String> fixed) {
    if (shown.equals("…")) {
      return "(?:.*\n)*?";
    }
    String text = spaced(shown).stripTrailing();
    StringBuilder expression = new StringBuilder();
    int end = 0;
    for (MatchResult varying : VARYING.matcher(text).results().toList()) {
      expression.append(Pattern.quote(text.substring(end, varying.start())));
      expression.append(anythingLike(varying.group(), fixed));
      end = varying.end();
    }
    return expression.append(Pattern.quote(text.substring(end))).append('\n').toString();
  }

  private static String anythingLike(String shown, Set<String> fixed) {
    if (fixed.contains(shown)) {
      return Pattern.quote(shown);
    }
    if (ELLIPSIS.matcher(shown).matches()) {
      return ".*";
    }
    if (SIZE.matcher(shown).matches()) {
      return SIZE.pattern();
    }
    if (HEXADECIMAL.matcher(shown).matches()) {
      return "[0-9a-f]+";
    }
    return NUMBER.pattern() + Pattern.quote(shown.replaceFirst("^" + NUMBER, ""));
  }

  private static String spaced(String text) {
    return text.replaceAll("[ \t]+", " ");
  }
}
