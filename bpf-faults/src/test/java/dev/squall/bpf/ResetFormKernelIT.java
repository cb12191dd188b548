// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.authentication;
import static dev.squall.bpf.packet.Packet.destinationOptions;
import static dev.squall.bpf.packet.Packet.fragment;
import static dev.squall.bpf.packet.Packet.hopByHop;
import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.ipv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.padded;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.serviceVlan;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.vlan;
import static dev.squall.target.TcpFlag.ACK;
import static dev.squall.target.TcpFlag.FIN;
import static dev.squall.target.TcpFlag.PSH;
import static dev.squall.target.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.packet.Checksum;
import dev.squall.bpf.packet.Layer;
import dev.squall.bpf.packet.PacketView;
import dev.squall.bpf.packet.Tcp;
import dev.squall.fault.ResetEnd;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a reset looks like: its checksum, the headers that it keeps, and the packets that cannot
/// become one.
@NeedsBpf
class ResetFormKernelIT {
  private static final List<ResetEnd> ONE_END = List.of(ResetEnd.SENDER, ResetEnd.RECEIVER);
  private static final int PACKETS = 3000;

  private static PacketView reset(ResetEnd end, byte[] packet) {
    Passage passage = Trial.of(Faults.reset(end)).arm().egress(packet);
    assertThat(passage.fate()).isIn(Fate.REWRITTEN, Fate.ANSWERED);
    return passage.view();
  }

  private static void assertSound(PacketView reset) {
    assertThat(reset.ipHeaderIsRight()).isTrue();
    assertThat(reset.tcp().checksum()).isEqualTo(Checksum.FINISHED);
    assertThat(reset.tcp().payloadBytes()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"FINISHED", "UNFINISHED"})
  void checksumIsLeftToTheDeviceExactlyWhenItWas(Checksum state) {
    long seed = new Random().nextLong();
    RandomGenerator random = new Random(seed);
    for (ResetEnd end : ONE_END) {
      ArmedTrial trial = Trial.of(Faults.reset(end)).arm();
      for (int n = 0; n < PACKETS; n++) {
        byte[] packet = randomSegment(random, state);
        if (isAmbiguous(packet)) {
          continue;
        }
        Passage passage = trial.pass(random.nextInt(2), packet, TestContext.EMPTY);
        assertThat(passage.view().tcpChecksumIs(state))
            .as("%s, seed %d, packet %d", state, seed, n)
            .isTrue();
        assertThat(passage.view().ipHeaderIsRight()).isTrue();
      }
    }
  }

  private static boolean isAmbiguous(byte[] segment) {
    PacketView view = PacketView.of(segment);
    return view.tcpChecksumIs(Checksum.FINISHED) && view.tcpChecksumIs(Checksum.UNFINISHED);
  }

  private static byte[] randomSegment(RandomGenerator random, Checksum state) {
    Tcp segment =
        tcp(random.nextInt(65536), random.nextInt(65536))
            .sequence(random.nextLong() & 0xffff_ffffL)
            .acknowledging(random.nextLong() & 0xffff_ffffL)
            .options(4 * random.nextInt(11))
            .flags(random.nextInt(4) == 0 ? SYN : FIN, PSH, ACK)
            .checksum(state);
    int host = random.nextInt(65536);
    Layer ip =
        random.nextBoolean()
            ? ipv4("10.0.0.1", "203.0.%d.%d".formatted(host >> 8, host & 255))
                .options(4 * random.nextInt(11))
            : ipv6("2001:db8::1", "2001:db8::ffff:%x".formatted(host));
    return packet(ip, segment, payload(random.nextInt(1500)));
  }

  @ParameterizedTest
  @EnumSource(names = {"SENDER", "RECEIVER"})
  void wrongChecksumIsNotCarriedOn(ResetEnd end) {
    byte[] packet = packet(out4(), tcp(1, 2).checksum(Checksum.WRONG), payload(20));
    assertSound(reset(end, packet));
  }

  @ParameterizedTest
  @EnumSource(names = {"SENDER", "RECEIVER"})
  void vlanTagsAreKept(ResetEnd end) {
    PacketView one = reset(end, packet(vlan(7), out4(), tcp(1, 2), payload(20)));
    assertSound(one);
    assertThat(one.vlans()).containsExactly(7);
    PacketView two = reset(end, packet(serviceVlan(9), vlan(7), out6(), tcp(1, 2), payload(20)));
    assertSound(two);
    assertThat(two.vlans()).containsExactly(9, 7);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 40})
  void optionsOfIpv4AreKept(int bytes) {
    for (ResetEnd end : ONE_END) {
      PacketView reset = reset(end, packet(out4().options(bytes), tcp(1, 2), payload(20)));
      assertSound(reset);
      assertThat(reset.optionBytes()).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SENDER", "RECEIVER"})
  void extensionHeadersAreKept(ResetEnd end) {
    byte[] packet =
        packet(out6(), hopByHop(), authentication(), destinationOptions(), tcp(1, 2), payload(20));
    PacketView reset = reset(end, packet);
    assertSound(reset);
    assertThat(reset.extensions()).containsExactly(0, 51, 60);
  }

  @Test
  void paddingOfAShortFrameIsNoData() {
    for (ResetEnd end : ONE_END) {
      for (Checksum state : List.of(Checksum.FINISHED, Checksum.UNFINISHED)) {
        byte[] segment = packet(out4(), tcp(1, 2).sequence(500).checksum(state));
        PacketView reset = reset(end, padded(segment, 60));
        assertThat(reset.ipHeaderIsRight()).isTrue();
        assertThat(reset.tcp().checksum()).isEqualTo(state);
        assertThat(reset.tcp().payloadBytes()).isZero();
        assertThat(end == ResetEnd.RECEIVER || reset.tcp().numbers().acknowledgement() == 500)
            .isTrue();
      }
    }
  }

  private static void assertPasses(byte[] packet) {
    for (ResetEnd end : ResetEnd.values()) {
      ArmedTrial trial = Trial.of(Faults.reset(end)).arm();
      assertThat(trial.egress(packet).fate()).isEqualTo(Fate.PASSED);
      assertThat(trial.counts().overflow()).isEqualTo(1);
      assertThat(trial.hits()).isZero();
    }
  }

  @Test
  void fragmentPassesAsOverflow() {
    assertPasses(packet(out4().fragment(0, true), tcp(1, 2), payload(20)));
    assertPasses(packet(out6(), fragment(0, true), tcp(1, 2), payload(20)));
  }

  @Test
  void segmentWithAHeaderShorterThanAHeaderPassesAsOverflow() {
    for (int words = -5; words < 0; words++) {
      assertPasses(packet(out4(), tcp(1, 2).headerWordsMore(words), payload(20)));
    }
  }

  @Test
  void segmentWithAHeaderLongerThanItselfPassesAsOverflow() {
    assertPasses(packet(out4(), tcp(1, 2).headerWordsMore(6), payload(20)));
    assertPasses(packet(out6(), tcp(1, 2).headerWordsMore(1)));
  }

  @Test
  void segmentThatIsShorterThanItsIpHeaderSaysPassesAsOverflow() {
    assertPasses(packet(out4().lengthMore(1), tcp(1, 2), payload(20)));
    byte[] six = packet(out6(), tcp(1, 2), payload(20));
    assertPasses(Arrays.copyOf(six, six.length - 1));
  }

  @Test
  void segmentWhoseIpHeaderLeavesNoRoomForItPassesAsOverflow() {
    assertPasses(packet(out4().lengthMore(-30), tcp(1, 2), payload(20)));
    assertPasses(packet(out4().lengthMore(-55), tcp(1, 2), payload(20)));
  }

  /// IPv4 packets beyond 64 KiB have a length of zero; the frame's own counts then.
  @Test
  void packetWithoutALengthIsAsLongAsItsFrame() {
    byte[] packet = packet(out4().lengthMore(-140), tcp(1, 2).sequence(1), payload(100));
    PacketView reset = reset(ResetEnd.SENDER, packet);
    assertThat(reset.tcp().numbers().acknowledgement()).isEqualTo(101);
    assertThat(reset.ipHeaderIsRight()).isTrue();
  }
}
