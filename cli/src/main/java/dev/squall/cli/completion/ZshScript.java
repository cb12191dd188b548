// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.completion;

import dev.squall.cli.completion.Vocabulary.Flag;
import dev.squall.cli.completion.Vocabulary.Verb;

/// Completion for zsh: `_arguments` per verb.
final class ZshScript {
  private ZshScript() {}

  static String of(Vocabulary vocabulary) {
    StringBuilder verbs = new StringBuilder();
    StringBuilder cases = new StringBuilder();
    for (Verb verb : vocabulary.verbs()) {
      verbs.append("    '%s:%s'\n".formatted(verb.name(), plain(verb.summary())));
      cases.append("    %s) _arguments%s ;;\n".formatted(verb.name(), arguments(verb)));
    }
    return """
        #compdef squall
        # squall completion zsh > "${fpath[1]}/_squall"
        _squall() {
          local -a verbs=(
        %s  )
          if ((CURRENT == 2)); then
            _describe verb verbs
            return
          fi
          local verb=$words[2]
          shift words
          ((CURRENT--))
          case $verb in
        %s  esac
        }
        _squall "$@"
        """
        .formatted(verbs, cases);
  }

  private static String arguments(Verb verb) {
    StringBuilder arguments = new StringBuilder();
    for (Flag flag : verb.flags()) {
      flag.names().forEach(name -> arguments.append(argument(name, flag)));
    }
    if (!verb.choices().isEmpty()) {
      arguments.append(" '*:choice:(%s)'".formatted(String.join(" ", verb.choices())));
    } else if (verb.takesFiles()) {
      arguments.append(" '*:file:_files'");
    }
    return arguments.toString();
  }

  private static String argument(String name, Flag flag) {
    String value = flag.takesValue() ? ":value:" + values(flag) : "";
    return " \\\n      '*%s[%s]%s'".formatted(name, plain(flag.summary()), value);
  }

  private static String values(Flag flag) {
    String words = String.join(" ", flag.choices());
    return (flag.takesFiles() ? "{compadd %s; _files}" : "(%s)").formatted(words);
  }

  /// Without the characters that mean something to zsh inside of a description.
  private static String plain(String text) {
    return text.replace("'", "").replace(":", ",").replace("[", "(").replace("]", ")");
  }
}
