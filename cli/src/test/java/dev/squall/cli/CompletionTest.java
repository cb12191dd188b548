// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
  private final Call call = new Call();

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void everyShellLearnsVerbsOptionsAndChoices(String shell) {
    assertThat(call.squall("completion " + shell)).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .contains("verify-clean", "keep-order", "egress ingress both", "bash zsh fish")
        .contains("# squall completion " + shell + " > ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          squall ver                              | verify-clean
          squall st                               | status stop
          squall inject --netns web --part        | --partition
          squall inject --netns web --partition r | reject
          squall inject --reset-end ''            | sender receiver both
          squall status -o j                      | json
          squall completion z                     | zsh
          squall install --open-namespaces a      | all
          squall un                               | uninstall
          """)
  void bashCompletes(String words, String completions) throws Exception {
    assertThat(bash(List.of(words.split(" ", -1)))).isEqualTo(completions);
  }

  @Test
  void bashHasNoSuggestionForAFreeValue() throws Exception {
    assertThat(bash(List.of("squall", "inject", "--netns", ""))).isEmpty();
  }

  @Test
  void bashOffersFilesWhereAValueMayBeOne(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("mine.dist"));
    String option = "--distribution";

    assertThat(bash(List.of("squall", "inject", option, folder + "/m"))).isEqualTo(file.toString());
    assertThat(bash(List.of("squall", "inject", option, "pareto")))
        .isEqualTo("pareto paretonormal");
  }

  /// What bash would offer for the last word.
  private String bash(List<String> words) throws IOException, InterruptedException {
    call.squall("completion bash");
    String script =
        """
        %s
        compopt() { :; }
        COMP_WORDS=(%s)
        COMP_CWORD=%d
        _squall
        echo "${COMPREPLY[@]}"
        """
            .formatted(call.out(), quoted(words), words.size() - 1);
    Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    String offered = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    return offered.strip();
  }

  private static String quoted(List<String> words) {
    return String.join(" ", words.stream().map(word -> "'" + word.replace("'", "") + "'").toList());
  }
}
