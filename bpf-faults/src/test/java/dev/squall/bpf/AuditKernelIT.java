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

import dev.squall.bpf.abi.AuditRecord;
import dev.squall.bpf.abi.AuditRecord.Addresses;
import dev.squall.bpf.abi.AuditRecord.Size;
import dev.squall.bpf.abi.AuditRecord.Transport;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.libbpf.RingBuffer;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.fault.ResetEnd;
import dev.squall.target.TcpFlag;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The sample of packets that were hit: one in 256 of each rule, the first included.
@NeedsBpf
class AuditKernelIT {
  private static final int ONE_IN = 256;
  private static final int RECORD_BYTES = 64 + 8;
  private static final int RING_BYTES = 256 * 1024;

  private static List<AuditRecord> drain(ArmedTrial trial) {
    List<AuditRecord> records = new ArrayList<>();
    try (RingBuffer ring = new RingBuffer(trial.program().map("squall_audit"))) {
      ring.drain(data -> records.add(AuditRecord.read(data)));
    }
    return records;
  }

  /// Other tests have left records of theirs.
  private static ArmedTrial arm(Trial trial) {
    ArmedTrial armed = trial.arm();
    drain(armed);
    return armed;
  }

  private static AuditRecord only(ArmedTrial trial) {
    List<AuditRecord> records = drain(trial);
    assertThat(records).hasSize(1);
    return records.getFirst();
  }

  @Test
  void recordTellsWhichPacketItWas() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    byte[] packet =
        packet(
            vlan(7),
            ipv4("10.1.2.3", "203.0.113.9"),
            tcp(40_001, 443).flags(TcpFlag.PSH, TcpFlag.ACK),
            payload(50));
    trial.egress(packet);
    AuditRecord record = only(trial);
    assertThat(record.addresses()).isEqualTo(new Addresses("10.1.2.3", "203.0.113.9"));
    assertThat(record.transport()).isEqualTo(new Transport(6, 40_001, 443, 0x18));
    assertThat(record.size()).isEqualTo(new Size(packet.length, 1));
    assertThat(record.rule()).isZero();
    assertThat(record.dryRun()).isFalse();
  }

  @Test
  void recordOfAnIncomingPacketOfVersionSixNamesItsRule() {
    ArmedTrial trial = arm(Trial.of(Faults.delay("1s"), loss("100%")));
    byte[] packet = packet(ipv6("fd00::2", "fd00::1"), hopByHop(), udp(53, 999), payload(3));
    trial.ingress(packet);
    AuditRecord record = only(trial);
    assertThat(record.addresses())
        .isEqualTo(new Addresses("fd00:0:0:0:0:0:0:2", "fd00:0:0:0:0:0:0:1"));
    assertThat(record.transport()).isEqualTo(new Transport(17, 53, 999, 0));
    assertThat(record.rule()).isEqualTo(FaultAbi.RULES + 1);
  }

  @Test
  void laterFragmentHasNoPorts() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    trial.egress(packet(ipv6("fd00::1", "fd00::2"), fragment(8, false).carrying(6), payload(40)));
    assertThat(only(trial).transport()).isEqualTo(new Transport(6, 0, 0, 0));
  }

  @Test
  void recordHasTheSizeAndTheSegmentsOfALargePacket() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    byte[] large = packet(ipv4("10.0.0.1", "10.0.0.2"), tcp(1, 2), payload(2900));
    trial.egress(large, TestContext.EMPTY.withSegmentation(3, 1000, 3100));
    assertThat(only(trial).size()).isEqualTo(new Size(large.length, 3));
  }

  @Test
  void recordOfAResetIsOfThePacketAsItWas() {
    ArmedTrial trial = arm(Trial.of(Faults.reset(ResetEnd.RECEIVER)));
    byte[] packet = packet(ipv4("10.0.0.1", "10.0.0.2"), tcp(1, 2), payload(500));
    trial.egress(packet);
    AuditRecord record = only(trial);
    assertThat(record.size().bytes()).isEqualTo(packet.length);
    assertThat(record.transport().tcpFlags()).isEqualTo(TcpFlag.ACK.bit());
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
    assertThat(drain(trial)).hasSize(4);
  }

  @Test
  void whatIsSparedIsNotRecorded() {
    ArmedTrial trial = arm(Trial.of(loss("0.000000001%")));
    for (int n = 0; n < ONE_IN; n++) {
      trial.egress(datagram());
    }
    assertThat(drain(trial)).isEmpty();
  }

  @Test
  void fullRingLosesRecordsAndNoPackets() {
    ArmedTrial trial = arm(Trial.of(loss("100%")));
    int room = RING_BYTES / RECORD_BYTES;
    int packets = (room + 100) * ONE_IN;
    trial.program().program("squall_egress").testRun(datagram(), TestContext.EMPTY, packets);
    assertThat(trial.hits()).isEqualTo(packets);
    assertThat(drain(trial)).hasSizeBetween(room - 1, room);
  }
}
