// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {

  private static final String SHORTEST = "targets: [{ netns: web }]\nfaults: [{ loss: 5% }]\n";

  @TempDir Path folder;

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.yaml");

    assertThatThrownBy(() -> ExperimentFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": there is no such file");
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThatThrownBy(() -> ExperimentFile.read(folder))
        .isInstanceOf(FileException.class)
        .hasMessage(folder + ": this is a directory, name a file in it");
  }

  @Test
  void aFileOfOneMebibyteIsRead() throws IOException {
    Path file =
        write(
            (SHORTEST + "#".repeat((1 << 20) - SHORTEST.length()))
                .getBytes(StandardCharsets.UTF_8));

    assertThat(ExperimentFile.read(file)).hasSize(1);
  }

  @Test
  void aLargerFileIsRefused() throws IOException {
    Path file =
        write(
            (SHORTEST + "#".repeat((1 << 20) + 1 - SHORTEST.length()))
                .getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> ExperimentFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": this file is too large: at most 1MiB is read");
  }

  @Test
  void anotherEncodingIsRefusedWhereItShows() throws IOException {
    Path file = write((SHORTEST + "# für\n").getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> ExperimentFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ":3:4: this is not UTF-8: save the file in that encoding");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    assertThat(ExperimentFile.read(write(("\uFEFF" + SHORTEST).getBytes(StandardCharsets.UTF_8))))
        .hasSize(1);
  }

  @Test
  void windowsLineEndsAreLineEnds() {
    assertThat(ExperimentFile.parse("text", SHORTEST.replace("\n", "\r\n"))).hasSize(1);
  }

  @Test
  void textThatEndsInAListIsRefused() {
    assertThatThrownBy(() -> ExperimentFile.parse("early.yaml", "[!!int -["))
        .hasMessageContaining("early.yaml:1:9: this is not YAML");
  }

  @Test
  void problemsAreValuesToo() {
    assertThatThrownBy(() -> ExperimentFile.parse("x.yaml", SHORTEST.replace("5%", "105%")))
        .isInstanceOfSatisfying(
            FileException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        new FileProblem(
                            "x.yaml",
                            2,
                            18,
                            "loss 105%: a percentage is above 0% and at most 100%, as in 5% or"
                                + " 0.01%")));
  }

  @Test
  @Timeout(120)
  void manyKeysAndMuchNestingAreRefusedInTime() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; keys.length() < 1 << 20; i++) {
      keys.append(i).append(":\n");
    }

    assertThatThrownBy(() -> ExperimentFile.parse("keys", keys.toString()))
        .isInstanceOfSatisfying(FileException.class, e -> assertThat(e.problems()).hasSize(100));
    assertThatThrownBy(() -> ExperimentFile.parse("nesting", "[".repeat(1 << 20)))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void theSchemaIsTextThatEditorsUnderstand() {
    assertThat(ExperimentFile.schema().lines().map(String::strip).toList())
        .startsWith("{", "\"$schema\" : \"https://json-schema.org/draft/2020-12/schema\",")
        .doesNotContain("null");
    assertThat(Arrays.asList(ExperimentFile.schema(), ExperimentFile.schema()))
        .containsOnly(ExperimentFile.schema());
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("experiment.yaml"), bytes);
  }
}
