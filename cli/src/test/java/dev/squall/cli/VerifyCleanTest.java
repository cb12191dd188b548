// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.Leftover;
import dev.squall.fault.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyCleanTest {
  private static final String CLEAN =
      "clean: no link, program, map or device of squall is without a living owner\n";
  private static final Leftover PROGRAM =
      new Leftover("program", "squall_egress", "netns web eth0");
  private static final Leftover FILTER = new Leftover("filter", "squall_egress", "netns db eth0");

  private final Call call = new Call();

  @Test
  void anUntouchedHostIsClean() {
    assertThat(call.squall("verify-clean")).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).isEqualTo(CLEAN);
  }

  @Test
  void aLivingRunIsListedAndAllowed() {
    livingRun();

    assertThat(call.squall("verify-clean")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            running, not counted as left:
              ID         PID  ENDS IN  WHERE           WHAT
              7f3a91c2  4242      25s  netns web eth0  inject --netns web --loss 5%
            """
                + CLEAN);
  }

  @Test
  void aLivingRunIsNotAllowedWithNone() {
    livingRun();

    assertThat(call.squall("verify-clean --none")).isEqualTo(ExitStatus.NOT_CLEAN);
    assertThat(call.out())
        .startsWith("still running, which --none forbids:\n  ID ")
        .doesNotContain("clean:");
    assertThat(call.err())
        .isEqualTo("squall: not clean: end the runs above, with squall stop --all\n");
  }

  @Test
  void whatStaysForTwoSecondsIsLeft() {
    call.engine.registry.leftovers.add(PROGRAM);

    assertThat(call.squall("verify-clean")).isEqualTo(ExitStatus.NOT_CLEAN);
    assertThat(call.out()).isEqualTo("left behind: program squall_egress (netns web eth0)\n");
    assertThat(call.err()).startsWith("squall: not clean: ");
  }

  @Test
  void theKernelHasTwoSecondsToCleanUp() {
    call.engine.registry.leftovers.add(PROGRAM);
    call.engine.ticker.whileWaiting(call.engine.registry.leftovers::clear);

    assertThat(call.squall("verify-clean")).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).isEqualTo(CLEAN);
  }

  @Test
  void whatComesWhileOthersGoIsNotLeft() {
    call.engine.registry.leftovers.add(PROGRAM);
    call.engine.ticker.whileWaiting(
        () -> {
          call.engine.registry.leftovers.clear();
          call.engine.registry.leftovers.add(FILTER);
        });

    assertThat(call.squall("verify-clean")).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).isEqualTo(CLEAN);
  }

  @Test
  void whatADeadOwnerLeftIsRemovedAndSaid() {
    call.engine.registry.sweepable.add(FILTER);

    assertThat(call.squall("verify-clean")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo("removed, its owner is dead: filter squall_egress (netns db eth0)\n" + CLEAN);
  }

  @Test
  void theAnswerMayBeJson() {
    call.engine.registry.leftovers.add(PROGRAM);
    call.engine.registry.sweepable.add(FILTER);

    assertThat(call.squall("verify-clean -o json")).isEqualTo(ExitStatus.NOT_CLEAN);
    assertThat(call.out())
        .isEqualTo(
            """
            {"clean":false,\
            "leftovers":[{"kind":"program","name":"squall_egress","place":"netns web eth0"}],\
            "removed":[{"kind":"filter","name":"squall_egress","place":"netns db eth0"}],\
            "runs":[]}
            """);
  }

  private void livingRun() {
    call.engine.registry.runs.add(
        new ActiveRun(
            "7f3a91c2",
            4242,
            RunState.ARMED,
            "inject --netns web --loss 5%",
            List.of("netns web eth0"),
            FakeEngine.NOW.plusSeconds(25)));
  }
}
