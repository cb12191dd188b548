// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.RunState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdjustTest {
  private static final Instant END = Instant.parse("2026-07-01T12:01:00Z");

  private final Call call = new Call();

  private void run(String id) {
    call.engine.registry.runs.add(
        new ActiveRun(
            id,
            42,
            RunState.ARMED,
            "inject --netns web --loss 5%",
            List.of("netns web eth0"),
            END));
  }

  @Test
  void theOnlyRunGetsAnotherShare() {
    run("7f3a91c2");

    assertThat(call.squall("adjust --loss 10%")).isEqualTo(ExitStatus.OK);
    assertThat(call.engine.registry.adjusted).containsExactly("7f3a91c2 loss 10%");
    assertThat(call.out()).isEqualTo("adjusted 7f3a91c2: loss 10%\n");
  }

  @Test
  void severalSharesOfTheRunThatIsNamed() {
    run("7f3a91c2");
    run("7f01bb00");

    assertThat(call.squall("adjust 7f0 --reset 1% --corrupt 0.5%")).isEqualTo(ExitStatus.OK);
    assertThat(call.engine.registry.adjusted)
        .containsExactly("7f01bb00 corrupt 0.5%", "7f01bb00 reset 1%");
  }

  @Test
  void aRunWithoutSuchAFaultIsRefused() {
    run("7f3a91c2");
    call.engine.registry.rulesToAdjust = 0;

    assertThat(call.squall("adjust --reset 1%")).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err())
        .isEqualTo(
            "squall: run 7f3a91c2 has no reset by share: it is inject --netns web --loss 5%\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          adjust               | squall: a share is missing: give --loss 10%, or that of another fault of the run
          adjust --loss 10%    | squall: several runs are there (7f3a91c2, 7f01bb00): give one ID
          adjust 7f --loss 10% | squall: 7f is the beginning of several runs: there are 7f3a91c2, 7f01bb00
          adjust 1 --loss 10%  | squall: no run begins with 1: there are 7f3a91c2, 7f01bb00
          """)
  void whatIsNotClearIsRefused(String command, String message) {
    run("7f3a91c2");
    run("7f01bb00");

    assertThat(call.squall(command)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).isEqualTo(message + "\n");
    assertThat(call.engine.registry.adjusted).isEmpty();
  }
}
