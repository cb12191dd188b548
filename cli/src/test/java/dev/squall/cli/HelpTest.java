// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  private final Call call = new Call();

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "--no-color --version"})
  void theVersionIsOneLine(String words) {
    assertThat(call.squall(words)).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).matches("squall \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
  }

  @ParameterizedTest
  @CsvSource({"--help, squall.txt", "inject --help, inject.txt"})
  void theHelpIsAsWritten(String words, String file) throws IOException {
    assertThat(call.squall(words)).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).isEqualTo(golden(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "validate",
        "doctor",
        "status",
        "stop",
        "adjust",
        "verify-clean",
        "install",
        "uninstall",
        "apply",
        "get",
        "pause",
        "resume",
        "demo",
        "completion",
        "schema"
      })
  void everyVerbExplainsItself(String verb) {
    assertThat(call.squall(verb + " --help")).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).contains("\nUsage: squall " + verb).contains("\nGENERAL\n");
    assertThat(call.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  private static String golden(String file) throws IOException {
    try (InputStream text = HelpTest.class.getResourceAsStream("HelpTest/" + file)) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
