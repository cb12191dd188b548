// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What a guide points at is there: pages and their headings, packages, classes, BPF sources.
class GuideLinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(?:#([^)]+))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern PACKAGE =
      Pattern.compile(
          "(?:dev\\.squall|(?<![a-z]))((?:\\.[a-z]+)*\\.(?:unit|target|fault|experiment|bpf|operator|cli)(?:\\.[a-z0-9]+)*)\\b");
  private static final Pattern CLASS = Pattern.compile("[A-Z][a-z]+(?:[A-Z][A-Za-z]*)+");
  private static final Pattern BPF_NAME = Pattern.compile("squall_[a-z]+|[a-z_]+\\.(?:h|bpf\\.c)");

  private static final MarkdownPage ARCHITECTURE = MarkdownPage.of("ARCHITECTURE.md");

  @TestFactory
  Stream<DynamicTest> aLinkLeadsSomewhere() {
    return MarkdownPage.all().stream()
        .map(page -> DynamicTest.dynamicTest(page.toString(), () -> assertLinks(page)));
  }

  @Test
  void architectureNamesEveryPackageAndNoOther() throws IOException {
    assertThat(found(PACKAGE, text(ARCHITECTURE)).map(name -> "dev.squall" + name))
        .containsAll(packages())
        .isSubsetOf(packages());
  }

  @Test
  void classesThatGuidesNameExist() throws IOException {
    Set<String> classes = sources(".java");
    for (String page : List.of("ARCHITECTURE.md", "CONTRIBUTING.md")) {
      assertThat(MarkdownPage.of(page).inlineCode().stream().filter(CLASS.asMatchPredicate()))
          .filteredOn(name -> !name.startsWith("Foo"))
          .isSubsetOf(classes);
    }
  }

  @Test
  void bpfSourcesAndProgramsThatArchitectureNamesExist() throws IOException {
    Path bpf = MarkdownPage.ROOT.resolve("bpf-faults/src/main/bpf");
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.list(bpf)) {
      for (Path file : files.toList()) {
        sources.append(file.getFileName()).append('\n').append(Files.readString(file));
      }
    }
    assertThat(found(BPF_NAME, text(ARCHITECTURE)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(sources).contains(name));
  }

  private static void assertLinks(MarkdownPage page) {
    Path folder = MarkdownPage.ROOT.resolve(page.file()).resolveSibling("");
    for (MatchResult link : LINK.matcher(page.prose()).results().toList()) {
      Path target =
          link.group(1).isEmpty()
              ? MarkdownPage.ROOT.resolve(page.file())
              : folder.resolve(link.group(1));
      assertThat(target).as(link.group()).exists();
      if (link.group(2) != null) {
        assertThat(anchors(MarkdownPage.read(target))).as(link.group()).contains(link.group(2));
      }
    }
  }

  /// As GitHub makes them: lower case, hyphens for spaces, no punctuation.
  private static Set<String> anchors(List<String> lines) {
    return found(HEADING, String.join("\n", lines))
        .map(heading -> heading.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(toSet());
  }

  private static Set<String> packages() throws IOException {
    try (Stream<Path> files = Files.walk(MarkdownPage.ROOT)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> file.getParent().toString())
          .filter(folder -> folder.contains("src/main/java/"))
          .map(folder -> folder.replaceFirst(".*src/main/java/", "").replace('/', '.'))
          .collect(toSet());
    }
  }

  private static Set<String> sources(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(MarkdownPage.ROOT)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .collect(toSet());
    }
  }

  private static String text(MarkdownPage page) {
    return page.prose()
        + String.join("\n", page.fences().stream().flatMap(f -> f.text().stream()).toList());
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(result -> result.groupCount() == 0 ? result.group() : result.group(1));
  }
}
