// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The verbs and options that there are, read off the help.
///
/// @param options of each verb, by all their names
public record CommandWords(Map<String, Set<String>> options) {
  private static final Pattern VERB = Pattern.compile("(?m)^  ([a-z][a-z-]+)  +[A-Z]");
  private static final Pattern LABEL = Pattern.compile("(?m)^  (-.*?)(?:  |$)");
  private static final Pattern NAME = Pattern.compile("(?<!\\S)--?[A-Za-z][A-Za-z-]*");

  public static CommandWords ofThisSquall() {
    return new CommandWords(
        first(VERB, help("--help")).collect(toMap(verb -> verb, CommandWords::optionsOf)));
  }

  /// The options of the command without a verb.
  public static Set<String> ofTheRoot() {
    return options(help("--help"));
  }

  private static Set<String> optionsOf(String verb) {
    return options(help(verb + " --help"));
  }

  private static Set<String> options(String help) {
    return first(LABEL, help)
        .flatMap(label -> NAME.matcher(label).results())
        .map(MatchResult::group)
        .collect(toSet());
  }

  private static Stream<String> first(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1));
  }

  private static String help(String words) {
    Call call = new Call();
    call.squall(words);
    return call.out();
  }
}
