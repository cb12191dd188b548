// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.completion;

import dev.squall.cli.completion.Vocabulary.Flag;
import dev.squall.cli.completion.Vocabulary.Verb;

/// Completion for bash: one function, registered for `squall`.
final class BashScript {
  private static final String TEMPLATE =
      """
        # squall completion bash > /etc/bash_completion.d/squall
        _squall() {
          local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
          local words= files=
          if ((COMP_CWORD == 1)); then
            mapfile -t COMPREPLY < <(compgen -W '%s --help --version --no-color' -- "$current")
            return
          fi
          case "${COMP_WORDS[1]} $previous" in
        %s  esac
          case "${COMP_WORDS[1]}" in
        %s  esac
          mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
          if [[ $files && $current != -* ]]; then
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
          fi
        }
        complete -F _squall squall
        """;

  private BashScript() {}

  static String of(Vocabulary vocabulary) {
    return TEMPLATE.formatted(vocabulary.verbNames(), values(vocabulary), words(vocabulary));
  }

  private static String values(Vocabulary vocabulary) {
    StringBuilder cases = new StringBuilder();
    for (Verb verb : vocabulary.verbs()) {
      verb.flags().stream().filter(Flag::takesValue).forEach(flag -> value(cases, verb, flag));
    }
    return cases.toString();
  }

  /// What may follow an option; nothing of ours where any value may.
  private static void value(StringBuilder values, Verb verb, Flag flag) {
    for (String name : flag.names()) {
      values.append("    '%s %s') ".formatted(verb.name(), name));
      values.append(flag.choices().isEmpty() ? "" : reply(flag)).append("return ;;\n");
    }
  }

  private static String reply(Flag flag) {
    return "%smapfile -t COMPREPLY < <(compgen%s -W '%s' -- \"$current\"); "
        .formatted(
            flag.takesFiles() ? "compopt -o filenames; " : "",
            flag.takesFiles() ? " -f" : "",
            String.join(" ", flag.choices()));
  }

  private static String words(Vocabulary vocabulary) {
    StringBuilder cases = new StringBuilder();
    for (Verb verb : vocabulary.verbs()) {
      String files = verb.takesFiles() ? " files=yes" : "";
      cases.append("    %s) words='%s'%s ;;\n".formatted(verb.name(), words(verb), files));
    }
    return cases.toString();
  }

  private static String words(Verb verb) {
    StringBuilder words = new StringBuilder(String.join(" ", verb.choices()));
    verb.flags().forEach(flag -> words.append(' ').append(flag.names().getLast()));
    return words.toString().strip();
  }
}
