// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.completion;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The words of the command line, as far as a shell wants to know them.
public record Vocabulary(List<Verb> verbs) {
  /// A verb. `choices` are the words that may follow it where these are few and known; `takesFiles`
  /// says that file names may.
  record Verb(
      String name, String summary, List<Flag> flags, List<String> choices, boolean takesFiles) {}

  /// An option. `choices` is empty where any value may follow, `takesValue` false where none may.
  record Flag(
      List<String> names,
      String summary,
      boolean takesValue,
      List<String> choices,
      boolean takesFiles) {}

  /// Reads the verbs off the command that they are registered with.
  public static Vocabulary of(CommandSpec root) {
    return new Vocabulary(
        root.subcommands().entrySet().stream()
            .map(entry -> verb(entry.getKey(), entry.getValue().getCommandSpec()))
            .toList());
  }

  /// All verbs, separated by spaces.
  String verbNames() {
    return String.join(" ", verbs.stream().map(Verb::name).toList());
  }

  private static Verb verb(String name, CommandSpec command) {
    List<? extends ArgSpec> words = command.positionalParameters();
    return new Verb(
        name,
        String.join(" ", command.usageMessage().header()),
        command.options().stream().map(Vocabulary::flag).toList(),
        words.stream().flatMap(Vocabulary::choices).toList(),
        words.stream().anyMatch(word -> word.paramLabel().equals("FILE")));
  }

  private static Flag flag(OptionSpec option) {
    return new Flag(
        List.of(option.names()),
        String.join(" ", option.description()),
        option.arity().min() > 0,
        choices(option).toList(),
        option.paramLabel().endsWith("FILE"));
  }

  private static Stream<String> choices(ArgSpec argument) {
    return argument.completionCandidates() == null
        ? Stream.of()
        : StreamSupport.stream(argument.completionCandidates().spliterator(), false);
  }
}
