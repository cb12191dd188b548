// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A call of `squall` in a guide: in a block, or between backticks in the text.
///
/// @param verb empty when there is none
/// @param options by name, without their values
record ShownCommand(String text, String verb, List<String> options) {
  private static final Pattern CALL =
      Pattern.compile("(?<![\\w./-])(?:\\./)?squall((?: +[^ |&;<>()`…]+)*)");
  private static final Pattern OPTION = Pattern.compile("(?<!\\S)\\[?(--?[A-Za-z][A-Za-z-]*)");
  private static final Pattern VERB = Pattern.compile("[a-z-]+");

  static Stream<ShownCommand> in(MarkdownPage page) {
    Stream<String> typed =
        page.fences().stream()
            .flatMap(fence -> fence.text().stream())
            .filter(ShownCommand::isTyped);
    Stream<String> named =
        page.inlineCode().stream().filter(code -> code.matches("(\\./)?squall .*"));
    return Stream.concat(typed, named).flatMap(ShownCommand::of);
  }

  private static boolean isTyped(String line) {
    return line.startsWith("$ ") || line.matches("(?:sudo )?(?:\\./)?squall .*");
  }

  private static Stream<ShownCommand> of(String text) {
    return CALL.matcher(text).results().map(ShownCommand::of);
  }

  private static ShownCommand of(MatchResult call) {
    String words = call.group(1).strip();
    Matcher verb = VERB.matcher(words.split(" ", 2)[0]);
    return new ShownCommand(
        call.group(),
        verb.matches() && !words.startsWith("-") ? verb.group() : "",
        OPTION.matcher(words).results().map(option -> option.group(1)).toList());
  }
}
