// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.reset;
import static dev.squall.bpf.Frames.PEER_PORT;
import static dev.squall.bpf.Frames.TARGET_PORT;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.icmp;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.target.TcpFlag.ACK;
import static dev.squall.target.TcpFlag.FIN;
import static dev.squall.target.TcpFlag.PSH;
import static dev.squall.target.TcpFlag.RST;
import static dev.squall.target.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.linux.TapEnd;
import dev.squall.bpf.packet.Checksum;
import dev.squall.bpf.packet.Layer;
import dev.squall.bpf.packet.PacketView;
import dev.squall.bpf.packet.PacketView.TcpSegment;
import dev.squall.bpf.packet.Tcp;
import dev.squall.fault.ResetEnd;
import dev.squall.target.TcpFlag;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which segment each end gets, and with which numbers (RFC 9293 3.10.7, RFC 5961 3.2).
@NeedsBpf
class ResetKernelIT {
  private static final long SEQUENCE = 0x1234_5678L;
  private static final long ACKNOWLEDGEMENT = 0x9abc_def0L;
  private static final int PASSAGE = 0x5a1e0000 | Arming.OWNER;
  private static final List<Layer> VERSIONS = List.of(out4(), out6());

  private static Tcp segment(TcpFlag... flags) {
    return tcp(TARGET_PORT, PEER_PORT)
        .sequence(SEQUENCE)
        .acknowledging(ACKNOWLEDGEMENT)
        .flags(flags);
  }

  private static Passage pass(ResetEnd end, byte[] packet) {
    return Trial.of(reset(end)).arm().egress(packet);
  }

  /// What the other end of a segment gets in place of it.
  private static void assertForwards(byte[] packet, Passage passage, TcpFlag... flags) {
    assertThat(passage.fate()).isEqualTo(Fate.REWRITTEN);
    PacketView before = PacketView.of(packet);
    PacketView after = passage.view();
    assertThat(after.ethernet()).isEqualTo(before.ethernet());
    assertThat(after.ends()).isEqualTo(before.ends());
    assertSegment(after, before.tcp().ports(), before.tcp().numbers(), flags);
  }

  /// What comes back to the sender of a segment.
  private static void assertBackwards(
      byte[] packet, Passage passage, long sequence, long acknowledgement) {
    assertThat(passage.fate()).isEqualTo(Fate.ANSWERED);
    PacketView before = PacketView.of(packet);
    PacketView after = passage.view();
    assertThat(after.ethernet()).isEqualTo(before.ethernet().reversed());
    assertThat(after.source()).isEqualTo(before.destination());
    assertThat(after.destination()).isEqualTo(before.source());
    assertSegment(
        after,
        before.tcp().ports().reversed(),
        new Tcp.Numbers(sequence, acknowledgement),
        RST,
        ACK);
    assertThat(passage.context().mark()).isEqualTo(PASSAGE);
  }

  private static void assertSegment(
      PacketView view, Tcp.Ports ports, Tcp.Numbers numbers, TcpFlag... flags) {
    assertThat(view.ipHeaderIsRight()).isTrue();
    TcpSegment expected = new TcpSegment(ports, numbers, Set.of(flags), 20, 0, Checksum.FINISHED);
    assertThat(view.tcp()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 537, 1448, 3000})
  void receiverOfDataGetsTheSequenceNumberThatItExpects(int bytes) {
    for (Layer ip : VERSIONS) {
      byte[] packet = packet(ip, segment(PSH, ACK), payload(bytes));
      assertForwards(packet, pass(ResetEnd.RECEIVER, packet), RST, ACK);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 537, 1448, 3000})
  void senderOfDataGetsTheSequenceNumberThatItExpects(int bytes) {
    for (Layer ip : VERSIONS) {
      byte[] packet = packet(ip, segment(PSH, ACK).options(12), payload(bytes));
      Passage passage = pass(ResetEnd.SENDER, packet);
      assertBackwards(packet, passage, ACKNOWLEDGEMENT, SEQUENCE + bytes);
    }
  }

  @Test
  void finCountsAsOneByte() {
    byte[] packet = packet(out4(), segment(FIN, ACK), payload(10));
    assertBackwards(packet, pass(ResetEnd.SENDER, packet), ACKNOWLEDGEMENT, SEQUENCE + 10 + 1);
    assertForwards(packet, pass(ResetEnd.RECEIVER, packet), RST, ACK);
  }

  @Test
  void sequenceNumbersWrapRound() {
    byte[] packet = packet(out6(), segment(ACK).sequence(0xffff_fff0L), payload(0x20));
    assertBackwards(packet, pass(ResetEnd.SENDER, packet), ACKNOWLEDGEMENT, 0x10);
  }

  /// Refused: the answer to a connection request has sequence number 0 and acknowledges the
  /// request.
  @ParameterizedTest
  @EnumSource
  void connectionRequestIsAnsweredAndGoesNoFurther(ResetEnd end) {
    for (Layer ip : VERSIONS) {
      byte[] packet = packet(ip, segment(SYN).acknowledging(0).options(20));
      assertBackwards(packet, pass(end, packet), 0, SEQUENCE + 1);
    }
  }

  @Test
  void dataOfAConnectionRequestIsAcknowledgedToo() {
    byte[] packet = packet(out4(), segment(SYN).acknowledging(0), payload(100));
    assertBackwards(packet, pass(ResetEnd.SENDER, packet), 0, SEQUENCE + 101);
  }

  @Test
  void acceptanceOfAConnectionIsResetAtBothItsEnds() {
    byte[] packet = packet(out4(), segment(SYN, ACK).options(20));
    assertBackwards(packet, pass(ResetEnd.SENDER, packet), ACKNOWLEDGEMENT, SEQUENCE + 1);
    assertForwards(packet, pass(ResetEnd.RECEIVER, packet), RST, ACK);
  }

  @Test
  void segmentWithoutAcknowledgementIsAnsweredFromZero() {
    byte[] packet = packet(out4(), segment(PSH), payload(5));
    assertBackwards(packet, pass(ResetEnd.SENDER, packet), 0, SEQUENCE + 5);
    assertForwards(packet, pass(ResetEnd.RECEIVER, packet), RST);
  }

  @Test
  void incomingSegmentIsResetLikewise() {
    byte[] packet = packet(Frames.in6(), segment(ACK), payload(77));
    ArmedTrial receiver = Trial.of(reset(ResetEnd.RECEIVER)).arm();
    assertForwards(packet, receiver.ingress(packet), RST, ACK);
    ArmedTrial sender = Trial.of(reset(ResetEnd.SENDER)).arm();
    assertBackwards(packet, sender.ingress(packet), ACKNOWLEDGEMENT, SEQUENCE + 77);
  }

  @Test
  void bothEndsGetTheirsWhenBothAreAskedFor() {
    for (Layer ip : List.of(Frames.in4(), Frames.in6())) {
      byte[] packet = packet(ip, segment(PSH, ACK), payload(500));
      TestContext given = TestContext.EMPTY.withMark(7);
      try (TapEnd tap = new TapEnd()) {
        Passage forwards =
            tap.namespace()
                .call(
                    () ->
                        Trial.of(reset(ResetEnd.BOTH))
                            .arm()
                            .ingress(packet, given.withIfindex(tap.index())));
        assertForwards(packet, forwards, RST, ACK);
        assertThat(forwards.context().mark()).isEqualTo(7);
        List<byte[]> backwards = tap.sent();
        assertThat(backwards).hasSize(1);
        assertThat(backwards.getFirst()).isEqualTo(pass(ResetEnd.SENDER, packet).packet());
      }
    }
  }

  @Test
  void resetIsNeverAnsweredByAReset() {
    for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
      ArmedTrial trial = Trial.of(reset(ResetEnd.BOTH)).arm();
      for (byte[] packet :
          List.of(packet(out4(), segment(RST)), packet(out6(), segment(RST, ACK)))) {
        assertThat(trial.pass(direction, packet, TestContext.EMPTY).fate()).isEqualTo(Fate.PASSED);
      }
      assertThat(trial.counts(direction, 0).matched().packets()).isZero();
    }
  }

  @Test
  void onlyTcpIsReset() {
    ArmedTrial trial = Trial.of(reset(ResetEnd.BOTH)).arm();
    for (Layer layer : List.of(udp(1, 2), icmp(8), payload(30))) {
      assertThat(trial.egress(packet(out4(), layer)).fate()).isEqualTo(Fate.PASSED);
    }
    assertThat(trial.matched()).isZero();
  }

  @Test
  void hitIsCountedWithTheBytesThatThePacketHad() {
    ArmedTrial trial = Trial.of(reset(ResetEnd.RECEIVER)).arm();
    byte[] packet = packet(out4(), segment(ACK), payload(500));
    trial.egress(packet, TestContext.EMPTY.withSegmentation(3, 200, 700));
    assertThat(trial.counts().hit().packets()).isEqualTo(1);
    assertThat(trial.counts().hit().segments()).isEqualTo(3);
    assertThat(trial.counts().hitBytes()).isEqualTo(packet.length);
  }
}
