// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Output as a guide shows it, to be compared with real output.
///
/// Words have to be the same. What varies from run to run may differ:
///
/// - a number, unless it stands in the command (`5%` there means `5%` here), and the unit of a
///   size;
/// - an identifier in hexadecimal digits, if the one shown has both digits and letters;
/// - what delayed packets wait in;
/// - the number of spaces between words, and of empty lines at the end;
/// - `…` in a line stands for any text, alone in a line for any lines;
/// - the countdown that a run prints every few seconds is left out.
final class ShownOutput {
  private static final String NUMBER = "\\d+(?:[.,:]\\d+)*";
  private static final String QUANTITY = NUMBER + "(?:%|[A-Za-z]+)?";
  private static final Pattern COUNTDOWN = Pattern.compile("(?m)^[0-9.]+m?s left: .*\n");

  /// What may differ: how it is recognised in the text shown.
  private enum Varying {
    PLACE("delayed packets wait in [^\"\n]* squall-[0-9a-f]+"),
    IDENTIFIER("\\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{3,}\\b"),
    SIZE(NUMBER + " ?(?:B|KiB|MiB|GiB)\\b"),
    FIGURE(QUANTITY),
    ANYTHING("…");

    static final Pattern PATTERN =
        Pattern.compile(
            Stream.of(values())
                .map(one -> "(?<%s>%s)".formatted(one, one.form))
                .collect(Collectors.joining("|")));

    private final String form;

    Varying(String form) {
      this.form = form;
    }

    static Varying of(MatchResult found) {
      return Stream.of(values())
          .filter(one -> found.group(one.name()) != null)
          .findFirst()
          .orElseThrow();
    }

    /// The regular expression of what may be there instead.
    String alternatives(String shown) {
      return switch (this) {
        case PLACE, SIZE -> form;
        case IDENTIFIER -> "[0-9a-f]+";
        case FIGURE -> NUMBER + Pattern.quote(shown.replaceFirst("^" + NUMBER, ""));
        case ANYTHING -> ".*";
      };
    }
  }

  private final Pattern pattern;

  ShownOutput(String command, List<String> lines) {
    Set<String> fixed =
        Pattern.compile(QUANTITY)
            .matcher(command)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    pattern =
        Pattern.compile(
            plain(String.join("\n", lines))
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

  private static String plain(String text) {
    String spaced = text.replaceAll("[ \t]+", " ").replaceAll(" \n", "\n");
    String lasting = COUNTDOWN.matcher(spaced).replaceAll("");
    return lasting.isBlank() ? "" : lasting.stripTrailing() + "\n";
  }

  private static String line(String shown, Set<String> fixed) {
    if (shown.equals("…")) {
      return "(?:.*\n)*?";
    }
    StringBuilder expression = new StringBuilder();
    int end = 0;
    for (MatchResult found : Varying.PATTERN.matcher(shown).results().toList()) {
      expression.append(Pattern.quote(shown.substring(end, found.start())));
      expression.append(
          fixed.contains(found.group())
              ? Pattern.quote(found.group())
              : Varying.of(found).alternatives(found.group()));
      end = found.end();
    }
    return expression.append(Pattern.quote(shown.substring(end))).append('\n').toString();
  }
}
