// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.corrupt;
import static dev.squall.bpf.Frames.PEER_PORT;
import static dev.squall.bpf.Frames.TARGET_PORT;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.icmp;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.fault.CorruptMode;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bits flip in the payload and nowhere else, and the checksum is mended where it should be.
@NeedsBpf
class CorruptKernelIT {

  /// @param transport where the transport header lies
  /// @param check where its checksum lies
  /// @param header where the payload lies
  record Sample(String name, byte[] packet, int transport, int check, int header) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample("UDP", packet(out4(), udp(TARGET_PORT, PEER_PORT), payload(101)), 34, 40, 42),
        new Sample("TCP", packet(out4(), tcp(TARGET_PORT, PEER_PORT), payload(64)), 34, 50, 54),
        new Sample(
            "TCP over IPv6", packet(out6(), tcp(TARGET_PORT, PEER_PORT), payload(7)), 54, 70, 74),
        new Sample("ICMP", packet(out4(), icmp(8), payload(56)), 34, 36, 42),
        new Sample(
            "behind a VLAN tag",
            packet(vlan(7), out6(), udp(TARGET_PORT, PEER_PORT), payload(33)),
            58,
            64,
            66));
  }

  private static List<Integer> changed(byte[] before, byte[] after) {
    assertThat(after).hasSameSizeAs(before);
    byte[] difference = new byte[before.length];
    for (int i = 0; i < before.length; i++) {
      difference[i] = (byte) (before[i] ^ after[i]);
    }
    return BitSet.valueOf(difference).stream().boxed().toList();
  }

  private static boolean isChecksum(Sample sample, int bit) {
    return bit / 8 == sample.check() || bit / 8 == sample.check() + 1;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void detectableFlipsOneBitOfThePayloadAndNothingElse(Sample sample) {
    ArmedTrial trial = Trial.of(corrupt("100%", CorruptMode.DETECTABLE)).arm().onWireSegments();
    BitSet places = new BitSet();
    for (int n = 0; n < 200; n++) {
      List<Integer> bits = changed(sample.packet(), trial.egress(sample.packet()).packet());
      assertThat(bits).hasSize(1);
      assertThat(bits.getFirst()).isGreaterThanOrEqualTo(8 * sample.header());
      places.set(bits.getFirst());
    }
    assertThat(places.cardinality()).as("different bits").isGreaterThan(40);
    assertThat(trial.hits()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void silentMendsTheChecksum(Sample sample) {
    ArmedTrial trial = Trial.of(corrupt("100%", CorruptMode.SILENT)).arm();
    for (int n = 0; n < 200; n++) {
      byte[] after = trial.egress(sample.packet()).packet();
      List<Integer> bits =
          changed(sample.packet(), after).stream().filter(bit -> !isChecksum(sample, bit)).toList();
      assertThat(bits).hasSize(1);
      assertThat(bits.getFirst()).isGreaterThanOrEqualTo(8 * sample.header());
      assertThat(sum(sample, after)).isEqualTo(sum(sample, sample.packet()));
    }
  }

  /// The ones' complement sum from the transport header on: what the checksum protects.
  private static long sum(Sample sample, byte[] packet) {
    long sum = 0;
    for (int i = sample.transport(); i < packet.length; i++) {
      int value = Byte.toUnsignedInt(packet[i]);
      sum += (i - sample.transport()) % 2 == 0 ? value << 8 : value;
    }
    return sum % 0xffff;
  }

  @Test
  void packetWithoutPayloadPassesAndIsCounted() {
    ArmedTrial trial = Trial.of(corrupt("100%", CorruptMode.DETECTABLE)).arm().onWireSegments();
    assertThat(trial.egress(packet(out4(), tcp(1, 2))).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.egress(packet(out6(), udp(1, 2))).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.matched()).isEqualTo(2);
    assertThat(trial.hits()).isZero();
    assertThat(trial.counts().overflow()).isEqualTo(2);
  }

  @Test
  void headerThatClaimsToBeShorterThanItIsIsNoPayload() {
    byte[] malformed = packet(out4(), tcp(1, 2).headerWordsMore(-2), payload(64));
    ArmedTrial trial = Trial.of(corrupt("100%", CorruptMode.SILENT)).arm();
    assertThat(trial.egress(malformed).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.counts().overflow()).isEqualTo(1);
  }

  @Test
  void silentLeavesLaterFragmentsWhoseChecksumIsElsewhere() {
    byte[] later = packet(out4().fragment(8, false), payload(64));
    ArmedTrial silent = Trial.of(corrupt("100%", CorruptMode.SILENT)).arm();
    assertThat(silent.egress(later).fate()).isEqualTo(Fate.PASSED);
    assertThat(silent.counts().overflow()).isEqualTo(1);
    ArmedTrial detectable =
        Trial.of(corrupt("100%", CorruptMode.DETECTABLE)).arm().onWireSegments();
    assertThat(detectable.egress(later).fate()).isEqualTo(Fate.REWRITTEN);
  }
}
