// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each case in the table of what may break has a test, and each test that it names is there.
class FaultCasesTest {
  private static final MarkdownPage PAGE = MarkdownPage.of("docs/reference/fault-cases.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]+) \\|.*\\| ([^|]+) \\|$");
  private static final Pattern TEST = Pattern.compile("`([A-Za-z]+)\\.([A-Za-z]+)`");

  @Test
  void casesAreNumberedAndEachHasATest() {
    List<MatchResult> rows = ROW.matcher(PAGE.prose()).results().toList();
    assertThat(rows)
        .extracting(row -> Integer.parseInt(row.group(1)))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, rows.size()).boxed().toList())
        .hasSizeGreaterThanOrEqualTo(28);
    assertThat(rows).allSatisfy(row -> assertThat(row.group(2)).containsPattern(TEST));
  }

  @TestFactory
  Stream<DynamicTest> aTestThatIsNamedIsThere() throws IOException {
    List<Path> sources = sourcesOfTests();
    return TEST.matcher(PAGE.prose())
        .results()
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test.group(), () -> assertIsThere(sources, test.group(1), test.group(2))));
  }

  private static void assertIsThere(List<Path> sources, String type, String method) {
    Pattern declared =
        Pattern.compile(
            "(?s)@(?:Test|ParameterizedTest|TestFactory)\\b(?:(?!void ).)*void %s\\("
                .formatted(method));
    assertThat(sources)
        .filteredOn(file -> file.endsWith(type + ".java"))
        .as(type)
        .anySatisfy(file -> assertThat(Files.readString(file)).containsPattern(declared));
  }

  private static List<Path> sourcesOfTests() throws IOException {
    try (Stream<Path> files = Files.walk(MarkdownPage.ROOT)) {
      return files.filter(file -> file.toString().contains("/src/test/java/")).toList();
    }
  }
}
