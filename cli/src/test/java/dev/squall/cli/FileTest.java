// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.squall.cli.console.ExitStatus;
import dev.squall.experiment.Experiment;
import dev.squall.fault.InjectionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The verbs that take or describe files.
class FileTest {
  private static final String TWO =
      """
      name: first
      targets:
        - netns: web
        - netns: db
          interface: eth1
      faults:
        - loss: 5%
      traffic: { peers: [api.example.com] }
      duration: 30s
      seed: 42
      ---
      name: second
      targets:
        - host: true
          interface: eth0
      faults:
        - partition: drop
      """;

  private static final String WRONG =
      """
      targets:
        - netns: web
      faults:
        - loss: 5%
      durtion: 30s
      """;

  private final Call call = new Call();
  @TempDir Path directory;

  @Test
  void theExperimentsOfAFileRunOneAfterTheOther() throws IOException {
    assertThat(call.squall("run " + file("two.yaml", TWO))).isEqualTo(ExitStatus.OK);

    assertThat(call.engine.injector.experiments())
        .extracting(Experiment::name)
        .containsExactly("first", "second");
    assertThat(call.engine.injection.steps())
        .containsExactly("prepare", "arm", "disarm", "close", "prepare", "arm", "disarm", "close");
    assertThat(call.out())
        .containsPattern("armed [0-9a-f]{8}: first: loss 5% on egress of netns web and netns db")
        .contains("  api.example.com is 192.0.2.7, 2001:db8::7\n")
        .containsPattern("armed [0-9a-f]{8}: second: partition drop on egress and ingress of this");
  }

  @ParameterizedTest
  @EnumSource(names = {"STOPPED", "SPENT", "LEASE_LOST"})
  void nothingBeginsAfterARunThatWasCutShort(InjectionStatus status) throws IOException {
    call.engine.injection.statuses(status);

    assertThat(call.squall("run " + file("two.yaml", TWO))).isEqualTo(ExitStatus.OK);

    assertThat(call.engine.injection.steps()).containsExactly("prepare", "arm", "disarm", "close");
  }

  @Test
  void aRunOfAFileKnowsItsCommandAndDryRun() throws IOException {
    Path file = file("two.yaml", TWO);

    call.squall("run " + file + " --dry-run");

    assertThat(call.engine.injector.identities())
        .allSatisfy(
            identity -> {
              assertThat(identity.command()).isEqualTo("run " + file + " --dry-run");
              assertThat(identity.dryRun()).isTrue();
            })
        .first()
        .satisfies(identity -> assertThat(identity.seed()).isEqualTo(42));
  }

  @Test
  void nothingRunsWhenALaterNameIsUnknown() throws IOException {
    Path file =
        file(
            "two.yaml",
            TWO.replace(
                "- partition: drop",
                "- partition: drop\ntraffic: { peers: [nowhere.example.com] }"));

    assertThat(call.squall("run " + file)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).isEqualTo("squall: nowhere.example.com: no address is known\n");
    assertThat(call.engine.injector.experiments()).isEmpty();
  }

  @Test
  void aWrongFileRunsNothingAndSaysWhere() throws IOException {
    Path file = file("wrong.yaml", WRONG);

    assertThat(call.squall("run " + file)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err())
        .isEqualTo(file + ":5:1: durtion: this key is unknown, did you mean duration?\n");
    assertThat(call.out()).isEmpty();
    assertThat(call.engine.injector.experiments()).isEmpty();
  }

  @Test
  void anAbsentFileIsNamed() {
    Path file = directory.resolve("absent.yaml");

    assertThat(call.squall("run " + file)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).startsWith(file + ": ").hasLineCount(1);
  }

  @Test
  void validateJudgesEachFile() throws IOException {
    Path two = file("two.yaml", TWO);
    Path one = file("one.yaml", TWO.substring(0, TWO.indexOf("---")));

    assertThat(call.squall("validate " + two + " " + one)).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(two + ": ok (2 experiments)\n" + one + ": ok (1 experiment)\n");
  }

  @Test
  void validateGoesOnAfterAWrongFile() throws IOException {
    Path wrong = file("wrong.yaml", WRONG);
    Path two = file("two.yaml", TWO);

    assertThat(call.squall("validate " + wrong + " " + two)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).startsWith(wrong + ":5:1: ");
    assertThat(call.out()).isEqualTo(two + ": ok (2 experiments)\n");
  }

  @Test
  void theSchemaIsJson() throws JsonProcessingException {
    assertThat(call.squall("schema")).isEqualTo(ExitStatus.OK);
    assertThat(new ObjectMapper().readTree(call.out()).get("$schema").asText()).contains("2020-12");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
