// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.RunState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusAndStopTest {
  private final Call call = new Call();

  @BeforeEach
  void twoRunsAndADeadOne() {
    run("7f3a91c2", true, "inject --netns web --loss 5%", 25, "netns web eth0");
    run("7f01bb00", true, "run a.yaml", 4_000, "netns db eth0", "netns web eth0");
    run("0badcafe", false, "inject --pid 7 --delay 50ms", -3, "pid 7 eth0");
  }

  @Test
  void statusListsTheRunsOfAllProcesses() {
    assertThat(call.squall("status")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            ID         PID     ENDS IN  WHERE                          WHAT
            7f3a91c2  4242         25s  netns web eth0                 inject --netns web --loss 5%
            7f01bb00  4242     1h6m40s  netns db eth0, netns web eth0  run a.yaml
            0badcafe  4242  owner dead  pid 7 eth0                     inject --pid 7 --delay 50ms
            """);
  }

  @Test
  void statusSaysWhenNothingRuns() {
    call.engine.registry.runs.clear();

    assertThat(call.squall("status")).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).isEqualTo("nothing runs\n");
  }

  @Test
  void statusSpeaksJson() {
    call.engine.registry.runs.removeLast();
    call.engine.registry.runs.removeLast();

    assertThat(call.squall("status -o json")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            {"runs":[{"id":"7f3a91c2","pid":4242,"state":"armed",\
            "command":"inject --netns web --loss 5%","places":["netns web eth0"],\
            "endsAt":"2026-07-01T12:00:25Z"}]}
            """);
  }

  @ParameterizedTest
  @CsvSource({"7f3a91c2, 7f3a91c2", "7f3, 7f3a91c2", "0, 0badcafe"})
  void stopTakesAUniqueBeginning(String given, String stopped) {
    assertThat(call.squall("stop " + given)).isEqualTo(ExitStatus.OK);
    assertThat(call.engine.registry.stopped).containsExactly(stopped);
    assertThat(call.out()).isEqualTo("stopped " + stopped + " (pid 4242)\n");
  }

  @Test
  void stopEndsAllOnRequest() {
    assertThat(call.squall("stop --all")).isEqualTo(ExitStatus.OK);
    assertThat(call.engine.registry.stopped).containsExactly("7f3a91c2", "7f01bb00", "0badcafe");
  }

  @Test
  void stopEndsTheOnlyRunWithoutBeingTold() {
    call.engine.registry.runs.removeLast();
    call.engine.registry.runs.removeLast();

    assertThat(call.squall("stop")).isEqualTo(ExitStatus.OK);
    assertThat(call.engine.registry.stopped).containsExactly("7f3a91c2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop            | several runs are there (7f3a91c2, 7f01bb00, 0badcafe): give one ID or --all
          stop 12         | no run begins with 12: there are 7f3a91c2, 7f01bb00, 0badcafe
          stop 7f         | 7f is the beginning of several runs: there are 7f3a91c2, 7f01bb00, 0badcafe
          stop 7f3 --all  | 7f3 and --all: give one of them
          """)
  void stopSaysWhichRunsThereAre(String words, String message) {
    assertThat(call.squall(words)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).isEqualTo("squall: " + message + "\n");
    assertThat(call.engine.registry.stopped).isEmpty();
  }

  @Test
  void stopHasNothingToDoWhereNothingRuns() {
    call.engine.registry.runs.clear();

    assertThat(call.squall("stop --all")).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).isEqualTo("nothing runs\n");
  }

  @Test
  void stopSaysWhenTheOwnerDoesNotCleanUp() {
    call.engine.registry.ownersCleanUp = false;

    assertThat(call.squall("stop 7f3")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            "stopped 7f3a91c2 (pid 4242): no packet is hit any more, but its process has not"
                + " cleaned up yet\n");
  }

  private void run(String id, boolean alive, String command, int seconds, String... places) {
    call.engine.registry.runs.add(
        new ActiveRun(
            id,
            4242,
            alive ? RunState.ARMED : RunState.OWNER_DEAD,
            command,
            List.of(places),
            FakeEngine.NOW.plusSeconds(seconds)));
  }
}
