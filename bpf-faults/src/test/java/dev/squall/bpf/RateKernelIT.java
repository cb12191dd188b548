// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.rate;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.abi.WaitingSlots;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.linux.TapEnd;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// When packets leave a line of a given rate, to the nanosecond, and which may not join its queue.
@NeedsBpf
class RateKernelIT {
  private static final int VERSION_AT = 14;
  private static final int CLASS_AT = 15;
  private static final int CHECKSUM_AT = 24;
  private static final int HEADERS = 14 + 20 + 8;

  /// Of a frame of 1,250 bytes at 100 kbit.
  private static final long FRAME_NANOS = Duration.ofMillis(100).toNanos();

  private final TapEnd device = new TapEnd();

  @AfterEach
  void close() {
    device.close();
  }

  private ArmedTrial on(int kind, Trial sketch) {
    ArmedTrial trial = sketch.arm().onWireSegments();
    LineMaps.setLine(
        trial.program().map(LineMaps.LINE_NAME).mmap(), kind, device.index(), device.index());
    return trial;
  }

  private ArmedTrial onLine(Trial sketch) {
    return on(LineMaps.FQ, sketch);
  }

  private static byte[] frame(int bytes) {
    return packet(out4(), udp(1, 2), payload(bytes - HEADERS));
  }

  private Passage egress(ArmedTrial trial, byte[] packet) {
    return egress(trial, packet, TestContext.EMPTY);
  }

  private Passage egress(ArmedTrial trial, byte[] packet, TestContext context) {
    return device.namespace().call(() -> trial.egress(packet, context));
  }

  private static WaitingSlots slots(ArmedTrial trial) {
    return new WaitingSlots(trial.program().map(LineMaps.WAITING_NAME).mmap());
  }

  private static long waits(ArmedTrial trial, int slot) {
    return slots(trial).departureNanos(slot) - slots(trial).enteredNanos(slot);
  }

  private static long between(ArmedTrial trial, int slot) {
    return slots(trial).departureNanos(slot + 1) - slots(trial).departureNanos(slot);
  }

  /// How long the line is busy with a packet: from when the one before has left, or from its own
  /// arrival, where the sender was slower than the line.
  private static long onTheLine(ArmedTrial trial, int slot) {
    long before = slots(trial).departureNanos(slot - 1);
    long begin = Math.max(before, slots(trial).enteredNanos(slot));
    return slots(trial).departureNanos(slot) - begin;
  }

  @ParameterizedTest
  @CsvSource({"1mbit, 8000", "100kbit, 80000", "8kbit, 1000000"})
  void eachPacketLeavesWhenItsLastBitIsSent(String speed, long nanosPerByte) {
    ArmedTrial trial = onLine(Trial.of(rate(speed, null, "10s")));
    List<Integer> sizes = List.of(1250, 60, 1514, 900);
    sizes.forEach(size -> egress(trial, frame(size)));

    assertThat(waits(trial, 0)).isEqualTo(1250 * nanosPerByte);
    for (int n = 1; n < sizes.size(); n++) {
      assertThat(onTheLine(trial, n)).isEqualTo(sizes.get(n) * nanosPerByte);
    }
    assertThat(trial.hits()).isEqualTo(4);
    assertThat(device.sent()).hasSize(4);
  }

  @Test
  void afterAPauseTheBurstPassesAtOnce() {
    ArmedTrial trial = onLine(Trial.of(rate("100kbit", "2500B", "10s")));
    for (int n = 0; n < 4; n++) {
      egress(trial, frame(1250));
    }
    assertThat(waits(trial, 0)).isZero();
    assertThat(waits(trial, 1)).isZero();
    long since = slots(trial).enteredNanos(2) - slots(trial).enteredNanos(0);
    assertThat(waits(trial, 2)).isEqualTo(FRAME_NANOS - since);
    assertThat(between(trial, 2)).isEqualTo(FRAME_NANOS);
  }

  /// So slow a line that an emulated sender is faster.
  @Test
  void beyondTheBacklogPacketsAreDropped() {
    ArmedTrial trial = onLine(Trial.of(rate("8kbit", null, "3s")));
    for (int n = 0; n < 5; n++) {
      assertThat(egress(trial, frame(1250)).fate()).isEqualTo(Fate.VANISHED);
    }
    assertThat(trial.matched()).isEqualTo(5);
    assertThat(trial.hits()).as("waited 0, 1.25 and 2.5 s").isEqualTo(3);
    assertThat(trial.counts().overflow()).isEqualTo(2);
    assertThat(device.sent()).hasSize(3);
  }

  @Test
  void smallPacketDoesNotSlipInWhereALargeOneFoundNoRoom() {
    ArmedTrial trial = onLine(Trial.of(rate("8kbit", null, "600ms")));
    egress(trial, frame(1250));
    egress(trial, frame(60));
    assertThat(trial.hits()).isEqualTo(1);
    assertThat(trial.counts().overflow()).isEqualTo(1);
  }

  @Test
  void directionsAreTwoLines() {
    ArmedTrial trial = onLine(Trial.of(rate("100kbit", null, "200ms")));
    egress(trial, frame(1250));
    device.namespace().run(() -> trial.ingress(frame(1250)));
    assertThat(waits(trial, 0)).isEqualTo(FRAME_NANOS);
    assertThat(waits(trial, FaultAbi.SLOTS / 2)).isEqualTo(FRAME_NANOS);
    assertThat(slots(trial).rule(FaultAbi.SLOTS / 2)).isEqualTo(FaultAbi.RULES);
  }

  @Test
  void everySegmentHasHeadersOfItsOwn() {
    ArmedTrial trial = onLine(Trial.of(rate("100kbit", null, "10s")));
    byte[] large = packet(out4(), tcp(1, 2), payload(3000));
    egress(trial, large, TestContext.EMPTY.withSegmentation(3, 1000, large.length));
    assertThat(waits(trial, 0)).isEqualTo((3000 + 3 * (14 + 20 + 20)) * 80_000L);
  }

  /// The two bits of RFC 3168 in the IP header.
  private static byte[] withEcn(byte[] packet, int bits) {
    ByteBuffer bytes = ByteBuffer.wrap(packet.clone());
    if (bytes.get(VERSION_AT) >> 4 == 6) {
      return bytes.put(CLASS_AT, (byte) (bits << 4)).array();
    }
    short checksum = (short) (bytes.getShort(CHECKSUM_AT) - bits);
    return bytes.put(CLASS_AT, (byte) bits).putShort(CHECKSUM_AT, checksum).array();
  }

  static List<byte[]> frames() {
    return List.of(frame(1250), packet(out6(), udp(1, 2), payload(1000)));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void senderThatCanBeToldIsToldOfTheCongestion(byte[] packet) {
    ArmedTrial trial = onLine(Trial.of(rate("100kbit", null, "150ms")));
    egress(trial, frame(1250));
    egress(trial, frame(1250));
    device.sent();
    egress(trial, withEcn(packet, 2));

    assertThat(trial.counts().marked()).isEqualTo(1);
    assertThat(trial.hits()).isEqualTo(3);
    assertThat(trial.counts().overflow()).isZero();
    assertThat(device.sent()).containsExactly(withEcn(packet, 3));
  }

  @Test
  void whoDoesNotHeedIsDroppedAtTwiceTheBacklog() {
    ArmedTrial trial = onLine(Trial.of(rate("100kbit", null, "150ms")));
    for (int n = 0; n < 6; n++) {
      egress(trial, withEcn(frame(1250), 1));
    }
    assertThat(trial.hits()).as("waited 0 and 100, then marked 200 and 300 ms").isEqualTo(4);
    assertThat(trial.counts().marked()).isEqualTo(2);
    assertThat(trial.counts().overflow()).isEqualTo(2);
  }

  @Test
  void rateComesBeforeDelay() {
    ArmedTrial trial = onLine(Trial.of(delay("50ms"), rate("100kbit", null, "200ms")));
    egress(trial, frame(1250));
    int queue = FaultAbi.SLOTS / 3;
    assertThat(slots(trial).rule(queue)).as("the rate, which was named last").isEqualTo(1);
    assertThat(slots(trial).pending(queue)).as("the delay is still to come").isEqualTo(1);
    assertThat(waits(trial, queue)).isEqualTo(FRAME_NANOS);
  }

  @Test
  void dryRunTakesUpNoTimeOfTheLine() {
    ArmedTrial trial = onLine(Trial.of(rate("100kbit", null, "50ms")).dryRun());
    for (int n = 0; n < 5; n++) {
      assertThat(egress(trial, frame(1250)).fate()).isEqualTo(Fate.PASSED);
    }
    assertThat(trial.hits()).isEqualTo(5);
    assertThat(trial.counts().overflow()).isZero();
  }
}
