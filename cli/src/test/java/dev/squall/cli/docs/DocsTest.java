// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.squall.cli.CommandWords;
import dev.squall.cli.console.ExitStatus;
import dev.squall.experiment.ArbitraryExperiments;
import dev.squall.experiment.file.ExperimentFile;
import dev.squall.experiment.file.FileException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The guides name what there is, and all of it: verbs, options, faults, keys, exit statuses.
class DocsTest {
  private static final Map<String, Set<String>> VERBS = CommandWords.ofThisSquall().options();
  private static final MarkdownPage REFERENCE = MarkdownPage.of("docs/reference/cli.md");
  private static final MarkdownPage FORMAT = MarkdownPage.of("docs/reference/file.md");

  @Test
  void everyFaultHasAPageAndEveryPageAFault() throws Exception {
    try (var files = Files.list(MarkdownPage.ROOT.resolve("docs/faults"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              faults().stream().map(name -> name + ".md").toList());
    }
  }

  @Test
  void readmeNamesEveryFault() {
    String readme = MarkdownPage.of("README.md").prose();
    for (String name : faults()) {
      assertThat(readme).contains("[%s](docs/faults/%s.md)".formatted(name, name));
    }
  }

  /// The names of all kinds of faults.
  private static List<String> faults() {
    return ArbitraryExperiments.FAULTS.values().stream()
        .map(fault -> fault.sample().name())
        .toList();
  }

  @Test
  void readmeIsShort() {
    assertThat(MarkdownPage.read(MarkdownPage.ROOT.resolve("README.md")))
        .hasSizeLessThanOrEqualTo(150);
  }

  @TestFactory
  Stream<DynamicTest> referenceExplainsEveryOptionOfAVerb() {
    return VERBS.entrySet().stream()
        .map(
            verb ->
                DynamicTest.dynamicTest(
                    verb.getKey(),
                    () ->
                        assertThat(optionsInSectionOf(verb.getKey()))
                            .containsAll(verb.getValue())));
  }

  @Test
  void referenceExplainsTheOptionsWithoutAVerb() {
    assertThat(options(introduction())).containsAll(CommandWords.ofTheRoot());
  }

  @Test
  void referenceListsEveryExitStatus() {
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(introduction()).contains("\n| %d | ".formatted(status.code()));
    }
  }

  @TestFactory
  Stream<DynamicTest> aCommandInAGuideExists() {
    return MarkdownPage.all().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.toString(), () -> ShownCommand.in(page).forEach(DocsTest::assertExists)));
  }

  @TestFactory
  Stream<DynamicTest> anOptionInAGuideExists() {
    Set<String> all = VERBS.values().stream().flatMap(Set::stream).collect(toSet());
    all.addAll(CommandWords.ofTheRoot());
    return MarkdownPage.all().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.toString(),
                    () ->
                        assertThat(
                                page.inlineCode().stream()
                                    .filter(code -> code.matches("--?[A-Za-z][a-z-]*(?:[ ,].*)?"))
                                    .map(code -> code.split("[ ,]", 2)[0]))
                            .isSubsetOf(all)));
  }

  @TestFactory
  Stream<DynamicTest> anExperimentInAGuideIsValidUnlessItsNameSaysThatItIsWrong() {
    return MarkdownPage.all().stream()
        .filter(page -> !page.isForCluster())
        .flatMap(page -> page.fences("yaml").stream().map(fence -> valid(page, fence)));
  }

  @Test
  void formatExplainsEveryKey() throws Exception {
    Set<String> keys = keys(new ObjectMapper().readTree(ExperimentFile.schema()));
    assertThat(keys).contains("netns", "keepOrder");
    assertThat(FORMAT.prose().lines().filter(line -> line.startsWith("| `")))
        .map(line -> line.split("`", -1)[1])
        .containsAll(keys);
  }

  /// The names of all properties, at any depth.
  private static Set<String> keys(JsonNode schema) {
    Set<String> keys = new HashSet<>();
    schema.path("properties").fieldNames().forEachRemaining(keys::add);
    schema.forEach(child -> keys.addAll(keys(child)));
    return keys;
  }

  private static DynamicTest valid(MarkdownPage page, MarkdownPage.Fence fence) {
    String name = "%s line %d".formatted(page, fence.line());
    boolean isRight = !fence.argument().startsWith("wrong");
    return DynamicTest.dynamicTest(
        name,
        () -> {
          String problems = problems(name, String.join("\n", fence.text()));
          assertThat(problems.isEmpty()).as(problems).isEqualTo(isRight);
        });
  }

  private static String problems(String name, String text) {
    try {
      ExperimentFile.parse(name, text);
      return "";
    } catch (FileException invalid) {
      return String.valueOf(invalid.getMessage());
    }
  }

  private static void assertExists(ShownCommand command) {
    if (command.verb().isEmpty()) {
      assertThat(command.options()).as(command.text()).isSubsetOf(CommandWords.ofTheRoot());
      return;
    }
    assertThat(VERBS).as(command.text()).containsKey(command.verb());
    assertThat(command.options())
        .as(command.text())
        .isSubsetOf(VERBS.getOrDefault(command.verb(), Set.of()));
  }

  private static Set<String> optionsInSectionOf(String verb) {
    String heading = "\n## squall " + verb + "\n";
    assertThat(REFERENCE.prose()).contains(heading);
    String section = REFERENCE.prose().split(Pattern.quote(heading), 2)[1].split("\n## ", 2)[0];
    return options(introduction() + section);
  }

  /// What comes before the first verb is said of all.
  private static String introduction() {
    return REFERENCE.prose().split("\n## squall ", 2)[0];
  }

  private static Set<String> options(String text) {
    return Pattern.compile("(?<=[` ])--?[A-Za-z][A-Za-z-]*(?=[` ])")
        .matcher(text)
        .results()
        .map(found -> found.group())
        .collect(toSet());
  }
}
