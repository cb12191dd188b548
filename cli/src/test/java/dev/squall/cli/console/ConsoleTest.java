// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final PrintStream stream =
      new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

  @Test
  void coloursAreAppliedWhereTheyAreOn() {
    assertThat(new Console(stream, stream, true, true).paint(Paint.YELLOW, "look"))
        .isEqualTo("\u001b[33mlook\u001b[0m");
  }

  @Test
  void coloursCanBeSwitchedOff() {
    Console console = new Console(stream, stream, true, true);
    console.withoutColour();

    assertThat(console.paint(Paint.YELLOW, "look")).isEqualTo("look");
  }

  @Test
  void noColorInTheEnvironmentSwitchesThemOff() {
    assertThat(Console.system(Map.of("NO_COLOR", "1")).paint(Paint.RED, "look")).isEqualTo("look");
  }
}
