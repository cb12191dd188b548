// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Output as a guide shows it, to be compared with real output.
///
/// Words have to be the same. What varies from run to run may differ:
///
/// - a number, unless it stands in the command (`5%` there means `5%` here), and the unit of a
///   size;
/// - a name: an identifier in hexadecimal digits, if the one shown has both digits and letters, and
///   a whole number of at least four digits, such as a process ID or a seed. The same name means
///   the same thing throughout a page;
/// - what delayed packets wait in, and the names of devices;
/// - the number of spaces between words, and of empty lines at the end;
/// - `…` in a line stands for any text, alone in a line for any lines;
/// - the countdown that a run prints every few seconds is left out, and the replies that ping was
///   still waiting for (`pipe 2`), which it prints when there was more than one.
final class ShownOutput {
  private static final String NUMBER = "\\d+(?:[.,:]\\d+)*";
  private static final String QUANTITY = NUMBER + "(?:%|[A-Za-z]+)?";
  private static final Pattern NOT_ALWAYS =
      Pattern.compile("(?m)^[0-9.]+m?s left: .*\n|, pipe [0-9]+$");

  /// What may differ: how it is recognised in the text shown.
  private enum Varying {
    PLACE("(?:delayed packets wait in [^\"\n]* |by the device )squall-[0-9a-f]+[rs]?"),
    NAME(
        "\\b(?:(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{3,}|(?<![.,:])[0-9]{4,}(?![.,:][0-9]))\\b"),
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
        case NAME -> "([0-9a-f]+)";
        case FIGURE -> NUMBER + Pattern.quote(shown.replaceFirst("^" + NUMBER, ""));
        case ANYTHING -> ".*";
      };
    }
  }

  private final Set<String> fixed;
  private final Map<String, String> known;
  private final List<String> names = new ArrayList<>();
  private final Pattern pattern;

  /// @param known what names of the page have turned out to be
  ShownOutput(String command, List<String> lines, Map<String, String> known) {
    this.known = known;
    fixed =
        Pattern.compile(QUANTITY)
            .matcher(command)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    pattern =
        Pattern.compile(
            plain(String.join("\n", lines)).lines().map(this::line).collect(Collectors.joining()));
  }

  /// What the names in it stand for, or null when this is not the output, from its first to its
  /// last line.
  @Nullable Map<String, String> read(String real) {
    Matcher matcher = pattern.matcher(plain(real));
    return matcher.matches() ? names(matcher) : null;
  }

  /// Likewise, while there may be more output to come.
  @Nullable Map<String, String> readBeginning(String real) {
    Matcher matcher = pattern.matcher(plain(real));
    return matcher.lookingAt() ? names(matcher) : null;
  }

  private Map<String, String> names(Matcher matcher) {
    Map<String, String> meanings = new HashMap<>(known);
    for (int i = 0; i < names.size(); i++) {
      meanings.put(names.get(i), matcher.group(i + 1));
    }
    return meanings;
  }

  private static String plain(String text) {
    String spaced = text.replaceAll("[ \t]+", " ").replaceAll(" \n", "\n");
    String lasting = NOT_ALWAYS.matcher(spaced).replaceAll("");
    return lasting.isBlank() ? "" : lasting.stripTrailing() + "\n";
  }

  private String line(String shown) {
    if (shown.equals("…")) {
      return "(?:.*\n)*?";
    }
    StringBuilder expression = new StringBuilder();
    int end = 0;
    for (MatchResult found : Varying.PATTERN.matcher(shown).results().toList()) {
      expression.append(Pattern.quote(shown.substring(end, found.start())));
      expression.append(expression(found.group(), Varying.of(found)));
      end = found.end();
    }
    return expression.append(Pattern.quote(shown.substring(end))).append('\n').toString();
  }

  private String expression(String shown, Varying kind) {
    if (fixed.contains(shown)) {
      return Pattern.quote(shown);
    }
    if (kind != Varying.NAME) {
      return kind.alternatives(shown);
    }
    String meaning = known.get(shown);
    if (meaning != null) {
      return Pattern.quote(meaning);
    }
    if (names.contains(shown)) {
      return "\\%d(?!\\w)".formatted(names.indexOf(shown) + 1);
    }
    names.add(shown);
    return kind.alternatives(shown);
  }
}
