// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.datagram;
import static dev.squall.bpf.packet.Packet.fragment;
import static dev.squall.bpf.packet.Packet.hopByHop;
import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.ipv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.abi.AuditRing;
import dev.squall.bpf.abi.AuditRing.End;
import dev.squall.bpf.abi.AuditRing.Event;
import dev.squall.bpf.abi.AuditRing.Shape;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Fault;
import dev.squall.fault.ResetEnd;
import dev.squall.target.TcpFlag;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Records of packets that were hit: of each rule one in 256, the first included, or every one.
@NeedsBpf
class AuditKernelIT {
  private static final int ONE_IN = 256;
  private static final int RECORD_BYTES = 64 + FaultAbi.CAPTURE + 8;
  private static final int RING_BYTES = 256 * 1024;

  /// Other tests have left records of theirs.
  private static ArmedTrial arm(Trial trial) {
    ArmedTrial armed = trial.arm();
    recorded(armed);
    return armed;
  }

  private static List<Event> recorded(ArmedTrial trial) {
    List<Event> events = new ArrayList<>();
    trial.program().drainHits(events::add);
    return events;
  }

  private static Event only(ArmedTrial trial) {
    List<Event> events = recorded(trial);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static void assertCaptured(Event event, byte[] packet) {
    int captured = Math.min(packet.length, FaultAbi.CAPTURE);
    assertThat(event.capture().bytes()).isEqualTo(Arrays.copyOf(packet, captured));
    assertThat(event.capture().length()).isEqualTo(packet.length);
  }

  private static End end(String address, int port) throws UnknownHostException {
    return new End(InetAddress.getByName(address), port);
  }

  @Test
  void recordTellsWhichPacketItWas() throws UnknownHostException {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    byte[] packet =
        packet(
            vlan(7),
            ipv4("10.1.2.3", "203.0.113.9"),
            tcp(40_001, 443).flags(TcpFlag.PSH, TcpFlag.ACK),
            payload(50));
    trial.egress(packet);
    Event event = only(trial);
    assertThat(event.source()).isEqualTo(end("10.1.2.3", 40_001));
    assertThat(event.destination()).isEqualTo(end("203.0.113.9", 443));
    assertThat(event.shape()).isEqualTo(new Shape(packet.length, 1, 6, 0x18));
    assertThat(event.rule()).isZero();
    assertCaptured(event, packet);
  }

  @Test
  void recordOfAnIncomingPacketOfVersionSixNamesItsRule() throws UnknownHostException {
    ArmedTrial trial = arm(Trial.of(delay("1s"), loss("100%")));
    byte[] packet = packet(ipv6("fd00::2", "fd00::1"), hopByHop(), udp(53, 999), payload(3));
    trial.ingress(packet);
    Event event = only(trial);
    assertThat(event.source()).isEqualTo(end("fd00::2", 53));
    assertThat(event.destination()).isEqualTo(end("fd00::1", 999));
    assertThat(event.shape()).isEqualTo(new Shape(packet.length, 1, 17, 0));
    assertThat(event.rule()).isEqualTo(FaultAbi.RULES + 1);
    assertCaptured(event, packet);
  }

  @Test
  void laterFragmentHasNoPorts() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    trial.egress(packet(ipv6("fd00::1", "fd00::2"), fragment(8, false).carrying(6), payload(40)));
    Event event = only(trial);
    assertThat(event.source().port()).isZero();
    assertThat(event.destination().port()).isZero();
    assertThat(event.shape().protocol()).isEqualTo(6);
  }

  @Test
  void recordHasTheSizeAndTheSegmentsOfALargePacket() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    byte[] large = packet(ipv4("10.0.0.1", "10.0.0.2"), tcp(1, 2), payload(2900));
    trial.egress(large, TestContext.EMPTY.withSegmentation(3, 1000, 3100));
    Event event = only(trial);
    assertThat(event.shape()).isEqualTo(new Shape(large.length, 3, 6, TcpFlag.ACK.bit()));
    assertCaptured(event, large);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 77, 78, 79, 500})
  void captureEndsWithThePacketOrAfter128Bytes(int payload) {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    byte[] packet = packet(ipv4("10.0.0.1", "10.0.0.2"), udp(1, 2), payload(payload));
    trial.egress(packet);
    assertCaptured(only(trial), packet);
  }

  /// What a reset does to it, or a flipped bit, does not show.
  static Stream<Fault> changes() {
    return Stream.of(
        Faults.reset(ResetEnd.RECEIVER),
        Faults.reject(),
        Faults.corrupt("100%", CorruptMode.SILENT),
        Faults.corrupt("100%", CorruptMode.DETECTABLE));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void recordIsOfThePacketAsItWas(Fault change) {
    ArmedTrial trial = arm(Trial.of(change)).onWireSegments();
    byte[] packet = packet(ipv4("10.0.0.1", "10.0.0.2"), tcp(1, 2), payload(60));
    assertThat(trial.egress(packet).packet()).isNotEqualTo(packet);
    Event event = only(trial);
    assertThat(event.shape()).isEqualTo(new Shape(packet.length, 1, 6, TcpFlag.ACK.bit()));
    assertCaptured(event, packet);
  }

  @Test
  void packetThatCannotBeHitIsNotRecorded() {
    ArmedTrial trial = arm(Trial.of(Faults.corrupt("100%", CorruptMode.SILENT), delay("1s")));
    trial.egress(packet(ipv4("10.0.0.1", "10.0.0.2"), tcp(1, 2)));
    assertThat(trial.counts(FaultAbi.EGRESS, 0).overflow()).as("no payload").isEqualTo(1);
    assertThat(trial.counts(FaultAbi.EGRESS, 1).overflow()).as("no line").isEqualTo(1);
    assertThat(recorded(trial)).isEmpty();
  }

  @Test
  void dryRunRecordsWhatWouldHaveBeenHit() {
    ArmedTrial trial = arm(Trial.of(loss("100%"), delay("1s")).dryRun());
    byte[] packet = datagram();
    trial.egress(packet);
    assertThat(recorded(trial))
        .hasSize(2)
        .allSatisfy(event -> assertCaptured(event, packet))
        .extracting(Event::rule)
        .containsExactly(0, 1);
  }

  @Test
  void recordHasTheTimeOfTheMonotonicClock() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    long before = System.nanoTime();
    trial.egress(datagram());
    assertThat(only(trial).timeNanos()).isBetween(before, System.nanoTime());
  }

  @Test
  void oneHitIn256IsRecorded() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    for (int n = 0; n < 4 * ONE_IN; n++) {
      trial.egress(datagram());
    }
    assertThat(recorded(trial)).hasSize(4);
  }

  @Test
  void whatIsSparedIsNotRecorded() {
    ArmedTrial trial = arm(Trial.of(loss("0.000000001%")));
    for (int n = 0; n < ONE_IN; n++) {
      trial.egress(datagram());
    }
    assertThat(recorded(trial)).isEmpty();
  }

  @Test
  void fullRingLosesRecordsAndNoPackets() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    int room = RING_BYTES / RECORD_BYTES;
    int packets = (room + 100) * ONE_IN;
    trial.program().program("squall_egress").testRun(datagram(), TestContext.EMPTY, packets);
    assertThat(trial.hits()).isEqualTo(packets);
    assertThat(recorded(trial)).hasSizeBetween(room - 1, room);
    assertThat(trial.program().unrecorded()).as("a sample leaves out anyway").isZero();
  }

  @Test
  void everyHitIsRecordedOnRequest() {
    ArmedTrial trial = arm(Trial.of(loss("50%")).everyHit());
    for (int n = 0; n < 1000; n++) {
      trial.egress(datagram());
    }
    assertThat(trial.hits()).isBetween(400L, 600L);
    assertThat(recorded(trial)).hasSize((int) trial.hits());
  }

  @Test
  void hitsWithoutRoomAreCountedWhereEveryOneIsAskedFor() {
    ArmedTrial trial = Trial.of(loss("100%")).everyHit().alone();
    try (LoadedProgram program = trial.program()) {
      int room = AuditRing.EVERY_HIT_BYTES / RECORD_BYTES;
      program.program("squall_egress").testRun(datagram(), TestContext.EMPTY, room + 1000);
      int recorded = recorded(trial).size();
      assertThat(recorded).isBetween(room - 1, room);
      assertThat(program.unrecorded()).isEqualTo(room + 1000 - recorded);
      trial.egress(datagram());
      assertThat(recorded(trial)).as("there is room again").hasSize(1);
    }
  }
}
