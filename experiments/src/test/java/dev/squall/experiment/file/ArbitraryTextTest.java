// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever stands in a file, it is read or its problems are told.
class ArbitraryTextTest {

  private static final List<String> PIECES =
      List.of(
          "targets",
          "faults",
          "traffic",
          "netns",
          "loss",
          "delay",
          "5%",
          "1s",
          ": ",
          ":",
          "- ",
          "-",
          "[",
          "]",
          "{",
          "}",
          ", ",
          "\n",
          "\n  ",
          "\n    ",
          "---\n",
          "...\n",
          "\"",
          "'",
          "&a ",
          "*a",
          "!!int ",
          "!!binary ",
          "!x ",
          "? ",
          "# ",
          "| ",
          "> ",
          "%YAML 1.1\n",
          "<<",
          "\t",
          "~",
          "1",
          "@",
          "`",
          "\\",
          "\u0000",
          "\u2028",
          "\ud83d\ude00",
          "\ud83d");

  private static final List<String> VALUES =
      List.of(
          "!!binary aGVsbG8=",
          "!!binary \"*\"",
          "!!binary",
          "!!int x",
          "!!float \"\"",
          "!!null x",
          "!!bool 1",
          "!!timestamp x",
          "!!set {a}",
          "!!omap [a: 1]",
          "!<x> y",
          "!",
          "! 5",
          "&a",
          "&a &b",
          "*a",
          "1e999",
          "9".repeat(2000),
          "0." + "9".repeat(2000),
          "0x" + "f".repeat(99),
          "0b2",
          "-",
          "+",
          ".",
          "1_",
          "-.inf",
          ".nan",
          "1:2:3",
          "|\n  x",
          ">-\n  x",
          "\"\\x\"",
          "\"\\ud800\"",
          "? " + "k".repeat(60_000),
          "k".repeat(60_000),
          "{a: 1, a: 2}",
          "[[[]]]");

  @Property(tries = 1000)
  void anyPiecesOfYamlAreReadOrRefused(@ForAll("pieces") String text) {
    judge(text);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    judge(text);
  }

  @Property(tries = 500)
  void anyValueAnywhereIsReadOrRefused(@ForAll("values") String value) {
    judge("targets: [{ netns: web }]\nfaults: [{ loss: 5% }]\nseed: " + value);
    judge("targets: [{ netns: " + value + " }]\nfaults: [{ delay: 5s }]");
    judge(value + ": web\n");
    judge("targets: " + value);
  }

  @Example
  void aControlCharacterFarDownIsFound() {
    assertThat(judge("# long\n".repeat(3000) + "  \u0001"))
        .extracting(FileProblem::line, FileProblem::column)
        .containsExactly(tuple(3001, 3));
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(PIECES).list().ofMaxSize(25).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(Arbitraries.of(VALUES), Arbitraries.strings().ofMaxLength(10));
  }

  private static List<FileProblem> judge(String text) {
    try {
      assertThat(ExperimentFile.parse("text", text)).isNotEmpty();
      return List.of();
    } catch (FileException e) {
      assertThat(e.problems())
          .isNotEmpty()
          .allSatisfy(
              problem -> {
                assertThat(problem.line()).isBetween(1, text.split("\\R", -1).length + 1);
                assertThat(problem.column()).isPositive();
                assertThat(problem.message()).isNotBlank().doesNotContain(" null", "Exception");
              });
      return e.problems();
    }
  }
}
