// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Golden folders: `valid/*.yaml` are read; of `invalid/*.yaml` every problem stands in the `.txt`
/// file beside it. The schema has to judge each file as the reader does.
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/dev/squall/experiment/file");

  /// What a schema cannot say, for it sees single values, and neither anchors nor repeated keys.
  private static final Set<String> BEYOND_SCHEMA =
      Set.of(
          "addresses.yaml",
          "anchors.yaml",
          "contradictions.yaml",
          "duplicate-keys.yaml",
          "empty.yaml",
          "only-comments.yaml",
          "out-of-range.yaml");

  @TestFactory
  Stream<DynamicTest> validExamplesAreRead() {
    return each("valid", file -> assertThat(ExperimentFile.read(file)).isNotEmpty());
  }

  @TestFactory
  Stream<DynamicTest> validExamplesFollowTheSchema() {
    return each("valid", file -> assertThat(JsonSchemas.violations(text(file))).isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> validExamplesAreTheSameAfterWritingAndReading() {
    return each(
        "valid",
        file ->
            assertThat(ExperimentFile.read(file))
                .allSatisfy(
                    experiment ->
                        assertThat(ExperimentFile.parse("again", ExperimentFile.write(experiment)))
                            .containsExactly(experiment)));
  }

  @TestFactory
  Stream<DynamicTest> invalidExamplesAreRefusedWithAllTheirProblems() {
    return each("invalid", file -> assertThat(problems(file)).isEqualTo(expected(file)));
  }

  @TestFactory
  Stream<DynamicTest> invalidExamplesBreakTheSchemaUnlessItCannotSay() {
    return each("invalid", ExamplesTest::judgedAlike);
  }

  private static void judgedAlike(Path file) {
    if (expected(file).stream().anyMatch(problem -> problem.contains("this is not YAML"))) {
      assertThatCode(() -> JsonSchemas.violations(text(file)))
          .isInstanceOf(UncheckedIOException.class);
    } else if (BEYOND_SCHEMA.contains(file.getFileName().toString())) {
      assertThat(JsonSchemas.violations(text(file))).isEmpty();
    } else {
      assertThat(JsonSchemas.violations(text(file))).isNotEmpty();
    }
  }

  private static List<String> problems(Path file) {
    try {
      ExperimentFile.read(file);
      return List.of();
    } catch (FileException e) {
      String folder = file.getParent() + "/";
      return e.problems().stream().map(problem -> problem.toString().replace(folder, "")).toList();
    }
  }

  private static List<String> expected(Path file) {
    return text(Path.of(file.toString().replace(".yaml", ".txt"))).lines().toList();
  }

  private static Stream<DynamicTest> each(String folder, Consumer<Path> check) {
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(folder))) {
      List<Path> examples =
          files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      assertThat(examples).isNotEmpty();
      return examples.stream()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> check.accept(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
