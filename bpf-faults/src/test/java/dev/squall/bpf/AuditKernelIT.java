// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

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

import dev.squall.bpf.abi.AuditRing.End;
import dev.squall.bpf.abi.AuditRing.Event;
import dev.squall.bpf.abi.AuditRing.Shape;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.fault.ResetEnd;
import dev.squall.target.TcpFlag;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The sample of packets that were hit: one in 256 of each rule, the first included.
@NeedsBpf
class AuditKernelIT {
  private static final int ONE_IN = 256;
  private static final int RECORD_BYTES = 64 + 8;
  private static final int RING_BYTES = 256 * 1024;

  /// Other tests have left records of theirs.
  private static ArmedTrial arm(Trial trial) {
    ArmedTrial armed = trial.arm();
    armed.program().sample();
    return armed;
  }

  private static Event only(ArmedTrial trial) {
    List<Event> events = trial.program().sample();
    assertThat(events).hasSize(1);
    return events.getFirst();
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
    assertThat(event.dryRun()).isFalse();
  }

  @Test
  void recordOfAnIncomingPacketOfVersionSixNamesItsRule() throws UnknownHostException {
    ArmedTrial trial = arm(Trial.of(Faults.delay("1s"), loss("100%")));
    byte[] packet = packet(ipv6("fd00::2", "fd00::1"), hopByHop(), udp(53, 999), payload(3));
    trial.ingress(packet);
    Event event = only(trial);
    assertThat(event.source()).isEqualTo(end("fd00::2", 53));
    assertThat(event.destination()).isEqualTo(end("fd00::1", 999));
    assertThat(event.shape()).isEqualTo(new Shape(packet.length, 1, 17, 0));
    assertThat(event.rule()).isEqualTo(FaultAbi.RULES + 1);
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
    assertThat(only(trial).shape()).isEqualTo(new Shape(large.length, 3, 6, TcpFlag.ACK.bit()));
  }

  @Test
  void recordOfAResetIsOfThePacketAsItWas() {
    ArmedTrial trial = arm(Trial.of(Faults.reset(ResetEnd.RECEIVER)));
    byte[] packet = packet(ipv4("10.0.0.1", "10.0.0.2"), tcp(1, 2), payload(500));
    trial.egress(packet);
    assertThat(only(trial).shape()).isEqualTo(new Shape(packet.length, 1, 6, TcpFlag.ACK.bit()));
  }

  @Test
  void dryRunSaysThatItIsOne() {
    ArmedTrial trial = arm(Trial.of(loss("100%")).dryRun());
    trial.egress(datagram());
    assertThat(only(trial).dryRun()).isTrue();
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
    assertThat(trial.program().sample()).hasSize(4);
  }

  @Test
  void whatIsSparedIsNotRecorded() {
    ArmedTrial trial = arm(Trial.of(loss("0.000000001%")));
    for (int n = 0; n < ONE_IN; n++) {
      trial.egress(datagram());
    }
    assertThat(trial.program().sample()).isEmpty();
  }

  @Test
  void fullRingLosesRecordsAndNoPackets() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    int room = RING_BYTES / RECORD_BYTES;
    int packets = (room + 100) * ONE_IN;
    trial.program().program("squall_egress").testRun(datagram(), TestContext.EMPTY, packets);
    assertThat(trial.hits()).isEqualTo(packets);
    assertThat(trial.program().sample()).hasSizeBetween(room - 1, room);
  }
}
