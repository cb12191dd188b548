// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.drop;
import static dev.squall.bpf.Faults.reject;
import static dev.squall.bpf.Frames.PEER_PORT;
import static dev.squall.bpf.Frames.TARGET_PORT;
import static dev.squall.bpf.Frames.datagram;
import static dev.squall.bpf.Frames.in4;
import static dev.squall.bpf.Frames.in6;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.authentication;
import static dev.squall.bpf.packet.Packet.fragment;
import static dev.squall.bpf.packet.Packet.hopByHop;
import static dev.squall.bpf.packet.Packet.icmp;
import static dev.squall.bpf.packet.Packet.icmpv6;
import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.ipv6;
import static dev.squall.bpf.packet.Packet.multicastEthernet;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.routing;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;
import static dev.squall.target.TcpFlag.ACK;
import static dev.squall.target.TcpFlag.RST;
import static dev.squall.target.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.packet.Layer;
import dev.squall.bpf.packet.PacketView;
import dev.squall.bpf.packet.PacketView.IcmpMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsBpf
class PartitionKernelIT {
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;
  private static final int PASSAGE = 0x5a1e0000 | Arming.OWNER;
  private static final Layer UDP = udp(TARGET_PORT, PEER_PORT);

  /// One each, so that its budget of answers is whole.
  private static Passage rejected(byte[] packet) {
    return Trial.of(reject()).arm().egress(packet);
  }

  private static void assertTurnedRound(byte[] packet, Passage passage) {
    assertThat(passage.fate()).isEqualTo(Fate.ANSWERED);
    PacketView before = PacketView.of(packet);
    PacketView after = passage.view();
    assertThat(after.ethernet()).isEqualTo(before.ethernet().reversed());
    assertThat(after.vlans()).isEqualTo(before.vlans());
    assertThat(after.source()).isEqualTo(before.destination());
    assertThat(after.destination()).isEqualTo(before.source());
    assertThat(after.ipHeaderIsRight()).isTrue();
    assertThat(passage.context().mark()).isEqualTo(PASSAGE);
  }

  /// Port unreachable, which quotes the packet with eight bytes of its transport header.
  private static void assertUnreachable(byte[] packet, Passage passage, boolean six) {
    assertTurnedRound(packet, passage);
    PacketView before = PacketView.of(packet);
    IcmpMessage message = passage.view().icmp();
    assertThat(passage.view().protocol()).isEqualTo(six ? ICMPV6 : ICMP);
    assertThat(message.type()).isEqualTo(six ? 1 : 3);
    assertThat(message.code()).isEqualTo(six ? 4 : 3);
    assertThat(message.checksumIsRight()).isTrue();
    ByteBuffer quoted = before.ipPacket().limit(before.ipHeaderBytes() + 8);
    assertThat(message.quote()).isEqualTo(quoted);
  }

  @Test
  void droppedPacketVanishesInBothDirections() {
    ArmedTrial trial = Trial.of(drop()).arm();
    for (Layer layer : List.of(UDP, tcp(1, 2), tcp(1, 2).flags(RST), icmp(8), payload(30))) {
      assertThat(trial.egress(packet(out4(), layer)).fate()).isEqualTo(Fate.VANISHED);
      assertThat(trial.ingress(packet(in4(), layer)).fate()).isEqualTo(Fate.VANISHED);
    }
  }

  @Test
  void rejectedSegmentIsAnsweredByAReset() {
    for (Layer ip : List.of(out4(), out6())) {
      byte[] packet =
          packet(ip, tcp(1, 2).flags(ACK).sequence(500).acknowledging(900), payload(30));
      Passage passage = rejected(packet);
      assertTurnedRound(packet, passage);
      assertThat(passage.view().tcp().flags()).isEqualTo(Set.of(RST, ACK));
      assertThat(passage.view().tcp().numbers().sequence()).isEqualTo(900);
      assertThat(passage.view().tcp().numbers().acknowledgement()).isEqualTo(530);
    }
  }

  @Test
  void rejectedConnectionIsRefused() {
    byte[] packet = packet(out6(), tcp(1, 2).flags(SYN).sequence(500).acknowledging(0));
    Passage passage = rejected(packet);
    assertTurnedRound(packet, passage);
    assertThat(passage.view().tcp().flags()).isEqualTo(Set.of(RST, ACK));
    assertThat(passage.view().tcp().numbers().acknowledgement()).isEqualTo(501);
  }

  @Test
  void rejectedResetIsNotAnswered() {
    ArmedTrial trial = Trial.of(reject()).arm();
    byte[] packet = packet(out4(), tcp(1, 2).flags(RST));
    assertThat(trial.egress(packet).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.ingress(packet).fate()).isEqualTo(Fate.VANISHED);
  }

  static Stream<byte[]> quotedInVersionFour() {
    return Stream.of(
        datagram(),
        packet(out4(), udp(0, 0)),
        packet(vlan(7), out4(), UDP, payload(3)),
        packet(out4().options(40), UDP, payload(1000)),
        packet(out4(), icmp(8), payload(56)),
        packet(out4().fragment(0, true), UDP, payload(96)),
        packet(out4(), payload(30)));
  }

  @ParameterizedTest
  @MethodSource("quotedInVersionFour")
  void whateverElseIsRejectedInVersionFourIsUnreachable(byte[] packet) {
    assertUnreachable(packet, rejected(packet), false);
  }

  static Stream<byte[]> quotedInVersionSix() {
    return Stream.of(
        packet(out6(), UDP, payload(100)),
        packet(out6(), udp(0, 0)),
        packet(vlan(9), vlan(7), out6(), UDP, payload(3)),
        packet(out6(), hopByHop(), authentication(), UDP, payload(9)),
        packet(out6(), icmpv6(128), payload(56)),
        packet(out6(), fragment(0, true), UDP, payload(96)),
        packet(out6(), payload(30)));
  }

  @ParameterizedTest
  @MethodSource("quotedInVersionSix")
  void whateverElseIsRejectedInVersionSixIsUnreachable(byte[] packet) {
    assertUnreachable(packet, rejected(packet), true);
  }

  @Test
  void incomingPacketIsRejectedLikewise() {
    byte[] four = packet(in4(), udp(PEER_PORT, TARGET_PORT), payload(40));
    byte[] six = packet(in6(), udp(PEER_PORT, TARGET_PORT), payload(41));
    assertUnreachable(four, Trial.of(reject()).arm().ingress(four), false);
    assertUnreachable(six, Trial.of(reject()).arm().ingress(six), true);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 5, 11, 12})
  void errorsAndRepliesAreNotAnswered(int type) {
    assertThat(rejected(packet(out4(), icmp(type), payload(28))).fate()).isEqualTo(Fate.VANISHED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 129})
  void errorsAndRepliesOfVersionSixAreNotAnswered(int type) {
    assertThat(rejected(packet(out6(), icmpv6(type), payload(48))).fate()).isEqualTo(Fate.VANISHED);
  }

  static Stream<byte[]> toMany() {
    return Stream.of(
        packet(ipv4(Frames.TARGET, "224.0.0.251"), UDP),
        packet(ipv4(Frames.TARGET, "239.255.255.250"), UDP),
        packet(ipv4(Frames.TARGET, "255.255.255.255"), UDP),
        packet(ipv6(Frames.TARGET6, "ff02::fb"), UDP),
        packet(multicastEthernet(), out4(), UDP),
        packet(multicastEthernet(), out6(), tcp(1, 2).flags(SYN)),
        packet(vlan(7), ipv6(Frames.TARGET6, "ff0e::1"), UDP));
  }

  @ParameterizedTest
  @MethodSource("toMany")
  void packetToManyIsNotAnswered(byte[] packet) {
    assertThat(rejected(packet).fate()).isEqualTo(Fate.VANISHED);
  }

  @Test
  void laterFragmentIsNotAnswered() {
    byte[] four = packet(out4().fragment(64, false).carrying(17), payload(40));
    byte[] six = packet(out6(), fragment(64, true).carrying(17), payload(40));
    assertThat(rejected(four).fate()).isEqualTo(Fate.VANISHED);
    assertThat(rejected(six).fate()).isEqualTo(Fate.VANISHED);
  }

  @Test
  void firstFragmentOfASegmentIsNotAnswered() {
    byte[] first = packet(out4().fragment(0, true), tcp(1, 2), payload(40));
    assertThat(rejected(first).fate()).isEqualTo(Fate.VANISHED);
  }

  @Test
  void packetWithMoreHeadersThanAQuoteHoldsIsNotAnswered() {
    byte[] packet = packet(out6(), routing(), routing(), routing(), UDP);
    assertThat(rejected(packet).fate()).isEqualTo(Fate.VANISHED);
  }

  @Test
  void everyRejectedPacketIsAHitWithTheBytesThatItHad() {
    ArmedTrial trial = Trial.of(reject()).arm();
    trial.egress(datagram());
    trial.egress(packet(out4(), tcp(1, 2).flags(RST)));
    assertThat(trial.matched()).isEqualTo(2);
    assertThat(trial.hits()).isEqualTo(2);
    assertThat(trial.counts().overflow()).as("unanswered").isEqualTo(1);
    assertThat(trial.counts().hitBytes()).isEqualTo(datagram().length + 54);
  }

  @Test
  void aHundredAnswersGoOutAtOnceAndTheRestVanishes() {
    ArmedTrial trial = Trial.of(reject()).arm();
    long before = System.nanoTime();
    int answered = answers(trial, 1000);
    long sinceThen = (System.nanoTime() - before) * 900 / 1_000_000_000;
    assertThat(answered).isBetween(100, 101 + (int) sinceThen);
    assertThat(trial.hits()).isEqualTo(1000);
    assertThat(trial.counts().overflow()).isEqualTo(1000 - answered);
  }

  @Test
  void noSecondHasMoreThanAThousandAnswers() {
    ArmedTrial trial = Trial.of(reject()).arm();
    long end = System.nanoTime() + 990_000_000;
    int answered = 0;
    while (System.nanoTime() < end) {
      answered += answers(trial, 20);
    }
    assertThat(answered).isBetween(900, 1000);
  }

  private static int answers(ArmedTrial trial, int packets) {
    int answered = 0;
    for (int n = 0; n < packets; n++) {
      answered += trial.egress(datagram()).fate() == Fate.ANSWERED ? 1 : 0;
    }
    return answered;
  }
}
