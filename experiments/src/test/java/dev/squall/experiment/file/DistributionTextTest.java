// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.squall.fault.DistributionTable;
import dev.squall.fault.NamedDistribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTextTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aNameIsReadAsItIsWritten(NamedDistribution distribution) {
    assertThat(DistributionText.parse(distribution.toString())).isEqualTo(distribution);
  }

  @Test
  void aTableIsReadAsTcReadsIt() throws IOException {
    String file = file("# a comment, für alle\n -5 0x10\t010\n\n+7 # 99\r\n#1\n32767 -32768");

    assertThat(DistributionText.parse(file))
        .isEqualTo(table(file, -32768, -5, 7, 8, 16, 32767))
        .hasToString(file);
  }

  @Test
  void anyPathMayNameATable() throws IOException {
    Path file = Files.writeString(folder.resolve("no suffix"), "1 2");

    assertThat(DistributionText.parse(file.toString())).isEqualTo(table(file.toString(), 1, 2));
  }

  @Test
  void asManyValuesAreReadAsNetemTakes() throws IOException {
    String file = file(numbers(DistributionTable.MOST));

    assertThat(DistributionText.parse(file))
        .isInstanceOfSatisfying(
            DistributionTable.class, table -> assertThat(table.values()).hasSize(16_384));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '1 2\n3 many'           | :2: many: a table holds whole numbers from -32768 to 32767
          '1 2\n\n32768'          | :3: 32768: a table holds whole numbers from -32768 to 32767
          '-32769 1'              | :1: -32769: a table holds whole numbers from -32768 to 32767
          '0.5 1'                 | :1: 0.5: a table holds whole numbers from -32768 to 32767
          'a\u001b[31mb'          | :1: a?[31mb: a table holds whole numbers from -32768 to 32767
          '1234567890123456789012'| :1: 12345678901234567890…: a table holds whole numbers from -32768 to 32767
          '# nothing\n'           | : this table holds no value
          ''                      | : this table holds no value
          '5 5\n5'                | : all values of this table are equal, which would be no jitter
          """)
  void aTableThatIsNoneIsRefusedWithItsPlace(String text, String message) throws IOException {
    String file = file(text);

    assertRefused(file, file + message);
  }

  @Test
  void moreValuesThanNetemTakesAreRefused() throws IOException {
    String file = file(numbers(DistributionTable.MOST + 1));

    assertRefused(file, file + ": this table holds 16385 values, at most 16384 are possible");
  }

  @Test
  void aFileThatCannotBeReadIsRefused() {
    assertRefused(folder + "/none", folder + "/none: there is no such file");
    assertRefused("none.dist", "none.dist: there is no such file");
    assertRefused(folder + "/", folder + "/: this is a directory, name a file in it");
    assertRefused("/dev/zero", "/dev/zero: this file is too large: at most 1MiB is read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "NORMAL", "mine.dis", "..", "a\n.dist", "/a\u001bb"})
  void whatIsNeitherNameNorPathIsRefused(String text) {
    assertRefused(
        text,
        text
            + ": write uniform, normal, pareto, paretonormal, or the path of a table, with a / or"
            + " with .dist at its end");
    assertThat(text).doesNotMatch(DistributionText.SYNTAX);
  }

  private static void assertRefused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DistributionText.parse(text))
        .withMessage(message);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("test.dist"), text, StandardCharsets.UTF_8).toString();
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
  }

  private static DistributionTable table(String file, int... values) {
    List<Short> shorts = IntStream.of(values).mapToObj(value -> (short) value).toList();
    return new DistributionTable(file, shorts);
  }
}
