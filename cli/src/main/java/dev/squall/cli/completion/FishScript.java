// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.completion;

import dev.squall.cli.completion.Vocabulary.Flag;
import dev.squall.cli.completion.Vocabulary.Verb;

/// Completion for fish: one `complete` per verb and option.
final class FishScript {
  private FishScript() {}

  static String of(Vocabulary vocabulary) {
    StringBuilder script =
        new StringBuilder(
            """
            # squall completion fish > ~/.config/fish/completions/squall.fish
            complete -c squall -f
            """);
    for (Verb verb : vocabulary.verbs()) {
      script.append(
          "complete -c squall -n __fish_use_subcommand -a %s -d '%s'\n"
              .formatted(verb.name(), plain(verb.summary())));
      verb.flags().forEach(flag -> script.append(option(verb, flag)));
      script.append(words(verb));
    }
    return script.toString();
  }

  private static String option(Verb verb, Flag flag) {
    StringBuilder line = new StringBuilder(when(verb));
    for (String name : flag.names()) {
      line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (flag.takesValue()) {
      line.append(flag.takesFiles() ? " -r -F" : " -x");
    }
    if (!flag.choices().isEmpty()) {
      line.append(" -a '%s'".formatted(String.join(" ", flag.choices())));
    }
    return line.append(" -d '%s'\n".formatted(plain(flag.summary()))).toString();
  }

  private static String words(Verb verb) {
    if (!verb.choices().isEmpty()) {
      return when(verb) + " -a '%s'\n".formatted(String.join(" ", verb.choices()));
    }
    return verb.takesFiles() ? when(verb) + " -F\n" : "";
  }

  private static String when(Verb verb) {
    return "complete -c squall -n '__fish_seen_subcommand_from %s'".formatted(verb.name());
  }

  private static String plain(String text) {
    return text.replace("'", "");
  }
}
