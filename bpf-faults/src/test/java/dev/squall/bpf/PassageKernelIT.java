// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.abi.WaitingSlots;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.libbpf.TestRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packets that have been away, or that a fault made: their mark lets them pass every Squall
/// program, and their owner takes it off.
@NeedsBpf
class PassageKernelIT {
  private static final int OURS = 0x5a1e0000 | Arming.OWNER;
  private static final int SOMEBODY_ELSES = 0x5a1e0000 | (Arming.OWNER + 1);
  private static final int TRIP = 0x5a000000;
  private static final int ANSWER = 0x00400000;

  private static TestContext marked(int mark) {
    return TestContext.EMPTY.withMark(mark);
  }

  private static void assertUncounted(ArmedTrial trial) {
    for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
      assertThat(trial.counts(direction, 0).matched().packets()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void packetOfAnotherOwnerPassesUntouchedAndUncounted(int direction) {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    assertThat(trial.pass(direction, datagram(), marked(SOMEBODY_ELSES)).fate())
        .isEqualTo(Fate.PASSED);
    assertUncounted(trial);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void packetOfOursPassesUncountedAndWithoutItsMark(int direction) {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    Passage passage = trial.pass(direction, datagram(), marked(OURS));
    assertThat(passage.packet()).isEqualTo(datagram());
    assertThat(passage.context().mark()).isZero();
    assertUncounted(trial);
  }

  @Test
  void packetOfOursGetsTheMarkBackThatItHadBefore() {
    ArmedTrial trial = Trial.of(loss("100%"), delay("1ms")).arm();
    new WaitingSlots(trial.program().map(LineMaps.WAITING_NAME).mmap()).setMark(300, 0xbeef);
    assertThat(returned(trial, TRIP | 300).context().mark()).isEqualTo(0xbeef);
    assertUncounted(trial);
  }

  @Test
  void answerHasNoMarkToGetBack() {
    ArmedTrial trial = Trial.of(loss("100%"), delay("1ms")).arm();
    new WaitingSlots(trial.program().map(LineMaps.WAITING_NAME).mmap()).setMark(0, 0xbeef);
    assertThat(returned(trial, TRIP | ANSWER).context().mark()).isZero();
  }

  @Test
  void hashThatIsNotOursNamesNoMark() {
    ArmedTrial trial = Trial.of(loss("100%"), delay("1ms")).arm();
    new WaitingSlots(trial.program().map(LineMaps.WAITING_NAME).mmap()).setMark(300, 0xbeef);
    assertThat(returned(trial, 300).context().mark()).isZero();
  }

  @Test
  void slotThatDoesNotExistNamesNoMark() {
    ArmedTrial trial = Trial.of(loss("100%"), delay("1ms")).arm();
    assertThat(returned(trial, TRIP | FaultAbi.SLOTS).context().mark()).isZero();
  }

  private static TestRun returned(ArmedTrial trial, int hash) {
    try (HashSetter setter = new HashSetter()) {
      TestRun run =
          setter.run(trial.program().program("squall_egress"), datagram(), marked(OURS), hash);
      assertThat(run.verdict()).isEqualTo(-1);
      assertThat(run.packet()).isEqualTo(datagram());
      return run;
    }
  }

  @Test
  void markIsTakenOffEvenWhenTheFaultIsOver() {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    trial.program().disarm();
    assertThat(trial.egress(datagram(), marked(OURS)).context().mark()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 0x5a1d0000, 0x5a1f0000, 0x5a1e, 0x7fffffff, -1})
  void marksOfOthersAreNoneOfOurs(int mark) {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    assertThat(trial.egress(datagram(), marked(mark)).fate()).isEqualTo(Fate.VANISHED);
    ArmedTrial sparing = Trial.of(loss("0.000000001%")).arm();
    assertThat(sparing.egress(datagram(), marked(mark)).fate()).isEqualTo(Fate.PASSED);
  }
}
