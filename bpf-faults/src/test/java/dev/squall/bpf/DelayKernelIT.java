// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.inOrder;
import static dev.squall.bpf.Faults.jittered;
import static dev.squall.bpf.Frames.datagram;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.abi.WaitingSlots;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.linux.TapEnd;
import dev.squall.bpf.program.DecisionKey;
import dev.squall.bpf.program.WaitPlan;
import dev.squall.fault.NamedDistribution;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How a packet goes away to wait, and how long. A TAP device stands for the way to the queue.
@NeedsBpf
class DelayKernelIT {
  private static final long DRAW_SALT = 0xd1342543de82ef95L;
  private static final int NO_SUCH_INTERFACE = 999_999;

  private final TapEnd device = new TapEnd();

  @AfterEach
  void close() {
    device.close();
  }

  private ArmedTrial onLine(Trial trial) {
    ArmedTrial armed = trial.arm();
    setLine(armed, LineMaps.FQ, device.index());
    return armed;
  }

  private static void setLine(ArmedTrial trial, int kind, int near) {
    LineMaps.setLine(trial.program().map(LineMaps.LINE_NAME).mmap(), kind, near, near);
  }

  private static WaitingSlots slots(ArmedTrial trial) {
    return new WaitingSlots(trial.program().map(LineMaps.WAITING_NAME).mmap());
  }

  private Passage pass(ArmedTrial trial, int direction, byte[] packet, int mark) {
    TestContext context = TestContext.EMPTY.withMark(mark);
    return device.namespace().call(() -> trial.pass(direction, packet, context));
  }

  private Passage egress(ArmedTrial trial, byte[] packet) {
    return pass(trial, FaultAbi.EGRESS, packet, 0);
  }

  private long waitNanos(ArmedTrial trial, int slot) {
    return slots(trial).departureNanos(slot) - slots(trial).enteredNanos(slot);
  }

  @Test
  void copyGoesToTheDeviceAndTheOriginalVanishes() {
    ArmedTrial trial = onLine(Trial.of(delay("50ms")));
    assertThat(egress(trial, datagram()).fate()).isEqualTo(Fate.VANISHED);
    assertThat(pass(trial, FaultAbi.INGRESS, datagram(), 0).fate()).isEqualTo(Fate.VANISHED);
    assertThat(device.sent()).containsExactly(datagram(), datagram());
    assertThat(trial.hits()).isEqualTo(1);
    assertThat(trial.counts().overflow()).isZero();
    assertThat(trial.counts(FaultAbi.INGRESS, 0).hit().packets()).isEqualTo(1);
  }

  @Test
  void slotKnowsWhatToDoWithThePacketLater() {
    ArmedTrial trial = onLine(Trial.of(delay("50ms")));
    long before = System.nanoTime();
    pass(trial, FaultAbi.INGRESS, datagram(), 0xcafe);
    assertThat(slots(trial).enteredNanos(0)).isBetween(before, System.nanoTime());
    assertThat(waitNanos(trial, 0)).isEqualTo(Duration.ofMillis(50).toNanos());
    assertThat(slots(trial).mark(0)).isEqualTo(0xcafe);
    assertThat(slots(trial).rule(0)).isEqualTo(FaultAbi.RULES);
    assertThat(slots(trial).pending(0)).isZero();
  }

  @Test
  void packetWithoutALineToWaitOnPassesAndIsCountedAsOverflow() {
    ArmedTrial trial = Trial.of(delay("50ms")).arm();
    assertThat(trial.egress(datagram()).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.matched()).isEqualTo(1);
    assertThat(trial.hits()).isZero();
    assertThat(trial.counts().overflow()).isEqualTo(1);
  }

  @Test
  void packetWhoseCopyCannotBeSentPassesAndIsCountedAsOverflow() {
    ArmedTrial trial = onLine(Trial.of(delay("50ms")));
    setLine(trial, LineMaps.FQ, NO_SUCH_INTERFACE);
    assertThat(egress(trial, datagram()).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.hits()).isZero();
    assertThat(trial.counts().overflow()).isEqualTo(1);
    assertThat(slots(trial).busyUntilNanos(0)).isZero();
  }

  @Test
  void lineThatIsFullLetsTheRestPassAsOverflow() {
    ArmedTrial trial = onLine(Trial.of(delay("50ms")).slots(8));
    for (int n = 0; n < 8; n++) {
      assertThat(egress(trial, datagram()).fate()).isEqualTo(Fate.VANISHED);
    }
    for (int n = 0; n < 3; n++) {
      assertThat(egress(trial, datagram()).fate()).isEqualTo(Fate.PASSED);
    }
    assertThat(trial.counts().overflow()).isEqualTo(3);
    assertThat(trial.hits()).isEqualTo(8);
    assertThat(device.sent()).hasSize(8);
  }

  @Test
  void slotIsTakenAgainOnceItIsFree() {
    ArmedTrial trial = onLine(Trial.of(delay("50ms")).slots(4));
    IntStream.range(0, 4).forEach(n -> egress(trial, datagram()));
    slots(trial).setBusyUntilNanos(2, System.nanoTime());
    assertThat(egress(trial, datagram()).fate()).isEqualTo(Fate.VANISHED);
    assertThat(egress(trial, datagram()).fate()).isEqualTo(Fate.PASSED);
  }

  @ParameterizedTest
  @EnumSource
  void everyJitteredDelayIsTheOneThatJavaForetells(NamedDistribution distribution) {
    Trial sketch = Trial.of(jittered("50ms", "10ms", distribution)).seed(77);
    long[] quantiles = sketch.plan().shapes().getFirst();
    ArmedTrial trial = onLine(sketch);
    long key = DecisionKey.of(77, 0, 0, FaultAbi.EGRESS) ^ DRAW_SALT;
    for (int n = 0; n < 400; n++) {
      egress(trial, datagram());
      long chosen = DecisionKey.draw(key, n);
      int step = (int) (chosen >>> 20);
      long width = quantiles[step + 1] - quantiles[step];
      assertThat(waitNanos(trial, n))
          .isEqualTo(quantiles[step] + ((width * (chosen & 0xf_ffff)) >> 20));
      device.sent();
    }
  }

  @Test
  void lineThatQuantisesHasOneDelayInEachOfItsSteps() {
    Trial sketch = Trial.of(jittered("50ms", "10ms", NamedDistribution.UNIFORM)).seed(5);
    WaitPlan plan = WaitPlan.byClass(List.of(jittered("50ms", "10ms", NamedDistribution.UNIFORM)));
    long key = DecisionKey.of(5, 0, 0, FaultAbi.EGRESS) ^ DRAW_SALT;
    ArmedTrial trial = ArmedTrial.alone(sketch.table(plan), plan);
    try (LoadedProgram own = trial.program()) {
      assertThat(own.map(LineMaps.GROUPS_NAME).info().shape().maxEntries()).isEqualTo(128);
      setLine(trial, LineMaps.HTB, device.index());
      for (int n = 0; n < 200; n++) {
        egress(trial, datagram());
        int group = (int) ((DecisionKey.draw(key, n) * plan.groups().size()) >>> 32);
        LineMaps.Group step = plan.groups().get(group);
        assertThat(taken(trial, step)).isPositive();
        assertThat(waitNanos(trial, step.firstSlot())).isEqualTo(step.delayNanos());
      }
    }
  }

  private static long taken(ArmedTrial trial, LineMaps.Group group) {
    return IntStream.range(group.firstSlot(), group.firstSlot() + group.slots())
        .filter(slot -> slots(trial).busyUntilNanos(slot) > System.nanoTime())
        .count();
  }

  @Test
  void keepOrderLetsNoPacketOfAFlowLeaveBeforeTheOneInFront() {
    ArmedTrial trial =
        onLine(Trial.of(inOrder(jittered("50ms", "50ms", NamedDistribution.UNIFORM))).seed(3));
    for (int n = 0; n < 200; n++) {
      egress(trial, packet(out4(), udp(7001 + n % 2, 9), payload(4)));
    }
    for (int n = 2; n < 200; n++) {
      assertThat(slots(trial).departureNanos(n))
          .isGreaterThanOrEqualTo(slots(trial).departureNanos(n - 2));
    }
    assertThat(overtaking(trial)).isPositive();
  }

  @Test
  void withoutKeepOrderJitterReorders() {
    ArmedTrial trial =
        onLine(Trial.of(jittered("50ms", "50ms", NamedDistribution.UNIFORM)).seed(3));
    IntStream.range(0, 200).forEach(n -> egress(trial, datagram()));
    assertThat(overtaking(trial)).isGreaterThan(50);
  }

  private static long overtaking(ArmedTrial trial) {
    return IntStream.range(1, 200)
        .filter(n -> slots(trial).departureNanos(n) < slots(trial).departureNanos(n - 1))
        .count();
  }

  @Test
  void tapDeviceGetsALabelInPlaceOfTheAddressesAndThePacketKeepsThem() {
    ArmedTrial trial = Trial.of(delay("50ms")).arm();
    setLine(trial, LineMaps.TAP, device.index());
    beat(trial, System.nanoTime());
    assertThat(egress(trial, datagram()).fate()).isEqualTo(Fate.VANISHED);
    byte[] sent = device.sent().getFirst();
    assertThat(sent).hasSameSizeAs(datagram()).endsWith(tail(datagram(), 12));
    assertThat(ByteBuffer.wrap(sent).order(ByteOrder.nativeOrder()).getShort())
        .isEqualTo((short) FaultAbi.TAP_MAGIC);
  }

  private static byte[] tail(byte[] packet, int from) {
    return Arrays.copyOfRange(packet, from, packet.length);
  }

  @Test
  void tapWhoseLoopHasDiedLetsEverythingPass() {
    ArmedTrial trial = Trial.of(delay("50ms")).arm();
    setLine(trial, LineMaps.TAP, device.index());
    beat(trial, System.nanoTime() - Duration.ofMillis(150).toNanos());
    assertThat(egress(trial, datagram()).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.counts().overflow()).isEqualTo(1);
  }

  private static void beat(ArmedTrial trial, long nanos) {
    LineMaps.heartbeat(trial.program().map(LineMaps.LINE_NAME).mmap())
        .set(ValueLayout.JAVA_LONG, 0, nanos);
  }
}
