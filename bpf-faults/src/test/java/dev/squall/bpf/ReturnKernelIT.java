// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.rate;
import static dev.squall.bpf.Frames.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.abi.WaitingSlots;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.libbpf.TestRun;
import dev.squall.bpf.linux.TapEnd;
import dev.squall.fault.DelayHistogram;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The far end of the delay device, where a packet gets its time of departure, and the near end,
/// from which it goes on.
@NeedsBpf
class ReturnKernelIT {
  private static final int DROP = 2;
  private static final int REDIRECT = 7;
  private static final int TRIP = 0x5a000000;
  private static final int TOKEN = 0x00800000;
  private static final int PASSAGE = 0x5a1e0000 | Arming.OWNER;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final TapEnd device = new TapEnd();
  private final HashSetter hashes = new HashSetter();

  @AfterEach
  void close() {
    hashes.close();
    device.close();
  }

  private ArmedTrial on(int kind, Trial sketch) {
    ArmedTrial trial = sketch.arm();
    LineMaps.setLine(
        trial.program().map(LineMaps.LINE_NAME).mmap(), kind, device.index(), device.index());
    return trial;
  }

  private static WaitingSlots slots(ArmedTrial trial) {
    return new WaitingSlots(trial.program().map(LineMaps.WAITING_NAME).mmap());
  }

  private TestRun run(ArmedTrial trial, String name, int hash) {
    BpfProgram program = trial.program().program(name);
    TestContext arrived = TestContext.EMPTY.withIfindex(device.index());
    return device.namespace().call(() -> hashes.run(program, datagram(), arrived, hash));
  }

  private void egress(ArmedTrial trial) {
    TestContext marked = TestContext.EMPTY.withMark(0xcafe);
    device.namespace().run(() -> trial.egress(datagram(), marked));
  }

  @Test
  void farEndSetsTheTimeOfDeparture() {
    ArmedTrial trial = on(LineMaps.FQ, Trial.of(delay("50ms")));
    egress(trial);
    TestRun run = run(trial, "squall_far", TRIP);
    assertThat(run.verdict()).isEqualTo(REDIRECT);
    assertThat(run.context().tstamp()).isEqualTo(slots(trial).departureNanos(0));
    assertThat(run.packet()).isEqualTo(datagram());
  }

  @Test
  void farEndChoosesTheClassOfTheSlotAndSendsATokenFirst() {
    ArmedTrial trial = on(LineMaps.HTB, Trial.of(delay("50ms")));
    egress(trial);
    device.sent();
    TestRun run = run(trial, "squall_far", TRIP | 12);
    assertThat(run.verdict()).isEqualTo(REDIRECT);
    assertThat(run.context().priority()).isEqualTo(1 << 16 | 13);
    assertThat(device.sent()).containsExactly(datagram());
  }

  @ParameterizedTest
  @ValueSource(ints = {FaultAbi.EGRESS, FaultAbi.INGRESS})
  void farEndQueuesTheWholeDirectionInOneClassOfARate(int direction) {
    ArmedTrial trial = on(LineMaps.HTB, Trial.of(rate("100mbit", null, "200ms")));
    device.namespace().run(() -> trial.pass(direction, datagram(), TestContext.EMPTY));
    device.sent();
    TestRun run = run(trial, "squall_far", TRIP | direction * FaultAbi.SLOTS / 2);
    assertThat(run.verdict()).isEqualTo(REDIRECT);
    assertThat(run.context().priority()).isEqualTo(1 << 16 | (direction + 1));
    assertThat(device.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x12345678, TRIP | TOKEN, TRIP | 0x3ffff})
  void farEndDropsWhatIsNotOnATripOfOurs(int hash) {
    ArmedTrial trial = on(LineMaps.FQ, Trial.of(delay("50ms")));
    assertThat(run(trial, "squall_far", hash).verdict()).isEqualTo(DROP);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x12345678, TRIP | TOKEN, TRIP | 0x3ffff})
  void nearEndDropsWhatIsNotOnATripOfOurs(int hash) {
    ArmedTrial trial = on(LineMaps.HTB, Trial.of(delay("50ms")));
    assertThat(run(trial, "squall_near", hash).verdict()).isEqualTo(DROP);
  }

  @Test
  void nearEndSendsThePacketOnWithThePassageMark() {
    ArmedTrial trial = on(LineMaps.FQ, Trial.of(delay("50ms")));
    egress(trial);
    TestRun run = run(trial, "squall_near", TRIP);
    assertThat(run.verdict()).isEqualTo(REDIRECT);
    assertThat(run.context().mark()).isEqualTo(PASSAGE);
    assertThat(run.packet()).isEqualTo(datagram());
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 50_000, 1_000_000, 50_000_000, 3_000_000_000L})
  void timeAwayIsCountedInItsBucket(long nanos) {
    ArmedTrial trial = on(LineMaps.FQ, Trial.of(delay("50ms")));
    egress(trial);
    long before = System.nanoTime() - nanos;
    slots(trial).setEnteredNanos(0, before);
    run(trial, "squall_near", TRIP);
    long after = System.nanoTime() - before;
    long[] buckets = trial.program().delays(0);
    int first = DelayHistogram.indexOf(nanos);
    int last = DelayHistogram.indexOf(after);
    assertThat(sum(buckets, 0, buckets.length)).isEqualTo(1);
    assertThat(sum(buckets, first, last + 1)).isEqualTo(1);
  }

  private static long sum(long[] buckets, int from, int to) {
    return IntStream.range(from, to).mapToLong(i -> buckets[i]).sum();
  }

  @Test
  void slotKeepsTheMarkForAWhileAfterThePacketHasReturned() {
    ArmedTrial trial = on(LineMaps.FQ, Trial.of(delay("50ms")));
    egress(trial);
    long before = System.nanoTime();
    run(trial, "squall_near", TRIP);
    assertThat(slots(trial).mark(0)).isEqualTo(0xcafe);
    assertThat(slots(trial).busyUntilNanos(0) - before).isBetween(10_000_000L, SECOND);
  }

  @Test
  void classOfHtbRestsAsLongAsItsPacketWasAway() {
    ArmedTrial trial = on(LineMaps.HTB, Trial.of(delay("50ms")));
    egress(trial);
    long before = System.nanoTime();
    slots(trial).setEnteredNanos(0, before - SECOND);
    run(trial, "squall_near", TRIP);
    assertThat(slots(trial).busyUntilNanos(0) - before).isBetween(SECOND, 2 * SECOND);
  }

  @Test
  void severalDelaysAreServedOneAfterTheOther() {
    ArmedTrial trial = on(LineMaps.FQ, Trial.of(delay("50ms"), delay("20ms")));
    egress(trial);
    assertThat(slots(trial).pending(0)).isEqualTo(2);
    assertThat(trial.counts(FaultAbi.EGRESS, 1).hit().packets()).isZero();
    device.sent();

    assertThat(run(trial, "squall_near", TRIP).verdict()).isEqualTo(DROP);
    int second = FaultAbi.SLOTS / 2;
    assertThat(device.sent()).containsExactly(datagram());
    assertThat(slots(trial).pending(second)).isZero();
    assertThat(slots(trial).rule(second)).isEqualTo(1);
    assertThat(slots(trial).mark(second)).isEqualTo(0xcafe);
    assertThat(slots(trial).departureNanos(second) - slots(trial).enteredNanos(second))
        .isEqualTo(Duration.ofMillis(20).toNanos());
    assertThat(trial.counts(FaultAbi.EGRESS, 1).hit().packets()).isEqualTo(1);

    assertThat(run(trial, "squall_near", TRIP | second).verdict()).isEqualTo(REDIRECT);
  }
}
