// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Folders that hold what goes in and what has to come out. With the environment
/// `SQUALL_GOLDEN=write` what comes out is written instead of compared.
public final class Golden {
  private static final String OUT = "out.txt";

  private final Path folder;

  /// @param test beside which, among the resources, the folder lies
  public Golden(Class<?> test, String folder) {
    this.folder =
        Path.of("src/test/resources", test.getPackageName().replace('.', '/')).resolve(folder);
  }

  /// A test for each folder.
  ///
  /// @param in the name of the file that goes in
  public Stream<DynamicTest> tests(String in, UnaryOperator<String> function) {
    List<Path> cases = cases();
    assertThat(cases).isNotEmpty();
    return cases.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getFileName().toString(),
                    () -> assertSame(one.resolve(OUT), function.apply(read(one.resolve(in))))));
  }

  /// @param file in the folder
  public void assertSame(String file, String text) {
    assertSame(folder.resolve(file), text);
  }

  private List<Path> cases() {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSame(Path file, String text) {
    if ("write".equals(System.getenv("SQUALL_GOLDEN"))) {
      write(file, text);
    }
    assertThat(text).isEqualTo(read(file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
