// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessesTest {
  private static final String STAT =
      "4711 (we (ir) d) %s 1 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 11 22";

  @Test
  void theStartTimeIsFieldTwentyTwoWhateverTheProgramIsCalled() {
    assertThat(Processes.startTime(STAT.formatted("S"))).hasValue(98_765);
  }

  @Test
  void aZombieHasEnded() {
    assertThat(Processes.startTime(STAT.formatted("Z"))).isEmpty();
  }

  @Test
  void thisProcessIsAlive() {
    int self = (int) ProcessHandle.current().pid();
    long started = Processes.startTime(self).orElseThrow();

    assertThat(Processes.isAlive(self, started)).isTrue();
    assertThat(Processes.isAlive(self, started + 1)).as("another with its number").isFalse();
  }

  @Test
  void aNumberThatNobodyHasIsNotAlive() {
    assertThat(Processes.startTime(Integer.MAX_VALUE)).isEmpty();
  }
}
