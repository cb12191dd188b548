// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A guide: its fenced blocks, and the text around them.
///
/// @param file relative to the root of the repository
/// @param prose all that is not in a fenced block
public record MarkdownPage(Path file, List<Fence> fences, String prose) {
  /// The root of the repository; Maven runs the tests of a module in its folder.
  static final Path ROOT = root(Path.of("").toAbsolutePath());

  private static final String MARK = "```";
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  /// A fenced block.
  ///
  /// @param line of its first line of text, from 1
  /// @param language the first word behind the mark, empty when there is none
  /// @param argument what follows that word: it is not shown to readers
  public record Fence(int line, String language, String argument, List<String> text) {}

  /// All guides: those in the root, and those in `docs/`.
  static List<MarkdownPage> all() {
    return Stream.concat(list(ROOT, 1), list(ROOT.resolve("docs"), 9))
        .map(MarkdownPage::of)
        .toList();
  }

  /// One of them, by its path in the repository.
  public static MarkdownPage of(String file) {
    return of(ROOT.resolve(file));
  }

  private static MarkdownPage of(Path file) {
    List<String> lines = read(file);
    List<Fence> fences = new ArrayList<>();
    StringBuilder prose = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(MARK)) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(MARK);
        String[] info = (lines.get(i).substring(MARK.length()) + " ").split(" ", 2);
        fences.add(new Fence(i + 2, info[0], info[1].strip(), lines.subList(i + 1, end)));
        i = end;
      } else {
        prose.append(lines.get(i)).append('\n');
      }
    }
    return new MarkdownPage(ROOT.relativize(file), fences, prose.toString());
  }

  /// The blocks in that language.
  public List<Fence> fences(String language) {
    return fences.stream().filter(fence -> fence.language().equals(language)).toList();
  }

  /// What stands between backticks in the text.
  List<String> inlineCode() {
    return CODE.matcher(prose).results().map((MatchResult code) -> code.group(1)).toList();
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /// Whether its commands are for a cluster: its file's name says so.
  boolean isForCluster() {
    return file.toString().endsWith("-in-a-cluster.md");
  }

  static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path root(Path folder) {
    return Files.exists(folder.resolve("mvnw")) ? folder : root(folder.getParent());
  }

  private static Stream<Path> list(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
