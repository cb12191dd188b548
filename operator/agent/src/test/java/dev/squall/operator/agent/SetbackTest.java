// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.FaultException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetbackTest {
  private static final PodNetwork NETWORK = new PodNetwork(7, seconds(100));

  @Test
  void aWrongRequestIsRefused() {
    assertThat(Setback.after(Kind.USER, State.Waiting.EAGER, NETWORK, seconds(106)))
        .isEqualTo(new State.Refused(NETWORK));
  }

  @Test
  void aPodThatHasJustBegunMayNotHaveItsInterfaceYet() {
    assertThat(Setback.after(Kind.USER, State.Waiting.EAGER, NETWORK, seconds(101)))
        .isEqualTo(new State.Waiting(seconds(101.2), 1));
  }

  @Test
  void aMistakeOfOursIsNotTriedAgain() {
    assertThat(Setback.after(Kind.INTERNAL, State.Waiting.EAGER, NETWORK, seconds(101)))
        .isEqualTo(new State.Refused(NETWORK));
  }

  @Test
  void whatTheMachineLacksIsTriedAgainAtLongerAndLongerIntervalsAndThenNoMore() {
    List<Duration> pauses = new ArrayList<>();
    State state = State.Waiting.EAGER;
    Duration now = seconds(200);
    while (state instanceof State.Waiting waiting) {
      state = Setback.after(Kind.ENVIRONMENT, waiting, NETWORK, now);
      if (state instanceof State.Waiting again) {
        pauses.add(again.retryAt().minus(now));
      }
    }
    assertThat(pauses).containsExactly(seconds(0.2), seconds(0.4), seconds(0.8), seconds(1.6));
    assertThat(state).isEqualTo(new State.Refused(NETWORK));
  }
}
