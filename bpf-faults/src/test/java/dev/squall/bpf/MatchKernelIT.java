// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.PEER_PORT;
import static dev.squall.bpf.Frames.TARGET_PORT;
import static dev.squall.bpf.Frames.datagram;
import static dev.squall.bpf.Frames.in4;
import static dev.squall.bpf.Frames.in6;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.icmp;
import static dev.squall.bpf.packet.Packet.icmpv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.target.TcpFlag.ACK;
import static dev.squall.target.TcpFlag.FIN;
import static dev.squall.target.TcpFlag.PSH;
import static dev.squall.target.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.packet.Layer;
import dev.squall.bpf.packet.Tcp;
import dev.squall.target.Direction;
import dev.squall.target.Protocol;
import dev.squall.target.TcpFlag;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Protocol, ports, flags and direction. A packet that matches is lost, so that it shows.
@NeedsBpf
class MatchKernelIT {
  private static final Layer TCP = tcp(TARGET_PORT, PEER_PORT);
  private static final Layer UDP = udp(TARGET_PORT, PEER_PORT);

  private static Fate fateOf(Trial trial, Layer... layers) {
    return trial.arm().egress(packet(layers)).fate();
  }

  private static Trial lost() {
    return Trial.of(loss("100%"));
  }

  @ParameterizedTest
  @EnumSource
  void protocolChoosesItsPacketsInBothVersionsOfIp(Protocol chosen) {
    Map<Layer, Protocol> packets = new LinkedHashMap<>();
    packets.put(TCP, Protocol.TCP);
    packets.put(UDP, Protocol.UDP);
    packets.put(icmp(8), Protocol.ICMP);
    ArmedTrial trial = lost().protocol(chosen).arm();
    packets.forEach(
        (layer, protocol) -> {
          Fate expected = protocol == chosen ? Fate.VANISHED : Fate.PASSED;
          assertThat(trial.egress(packet(out4(), layer)).fate()).isEqualTo(expected);
          Layer inIpv6 = protocol == Protocol.ICMP ? icmpv6(128) : layer;
          assertThat(trial.ingress(packet(in6(), inIpv6)).fate()).isEqualTo(expected);
        });
  }

  @ParameterizedTest
  @EnumSource
  void protocolThatHasNoNameHereIsNoneOfThese(Protocol chosen) {
    assertThat(fateOf(lost().protocol(chosen), out4(), payload(20))).isEqualTo(Fate.PASSED);
    assertThat(fateOf(lost().protocol(chosen), out6(), payload(20))).isEqualTo(Fate.PASSED);
  }

  @Test
  void ruleWithoutProtocolIsForEveryProtocol() {
    ArmedTrial trial = lost().arm();
    for (Layer layer : List.of(TCP, UDP, icmp(8), payload(20))) {
      assertThat(trial.egress(packet(out4(), layer)).fate()).isEqualTo(Fate.VANISHED);
    }
  }

  @Test
  void egressIsForPacketsThatLeaveOnly() {
    ArmedTrial trial = lost().direction(Direction.EGRESS).arm();
    assertThat(trial.egress(datagram()).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.ingress(datagram()).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void ingressIsForPacketsThatArriveOnly() {
    ArmedTrial trial = lost().direction(Direction.INGRESS).arm();
    assertThat(trial.egress(datagram()).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.ingress(datagram()).fate()).isEqualTo(Fate.VANISHED);
  }

  @Test
  void peerPortIsTheDestinationOfWhatLeaves() {
    ArmedTrial trial = lost().peerPorts("443").arm();
    assertThat(trial.egress(packet(out4(), udp(1, 443))).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(packet(out4(), udp(443, 1))).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void peerPortIsTheSourceOfWhatArrives() {
    ArmedTrial trial = lost().peerPorts("443").arm();
    assertThat(trial.ingress(packet(in4(), udp(443, 1))).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.ingress(packet(in4(), udp(1, 443))).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void localPortIsTheSourceOfWhatLeaves() {
    ArmedTrial trial = lost().localPorts("8080").arm();
    assertThat(trial.egress(packet(out6(), tcp(8080, 1))).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(packet(out6(), tcp(1, 8080))).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void localPortIsTheDestinationOfWhatArrives() {
    ArmedTrial trial = lost().localPorts("8080").arm();
    assertThat(trial.ingress(packet(in6(), tcp(1, 8080))).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.ingress(packet(in6(), tcp(8080, 1))).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void rangeOfPortsIncludesBothEndsAndNothingBeyond() {
    ArmedTrial trial = lost().peerPorts("8000-8100", "443", "65535").arm();
    for (int port : new int[] {443, 8000, 8050, 8100, 65535}) {
      assertThat(trial.egress(packet(out4(), udp(1, port))).fate()).isEqualTo(Fate.VANISHED);
    }
    for (int port : new int[] {0, 1, 442, 444, 7999, 8101, 65534}) {
      assertThat(trial.egress(packet(out4(), udp(1, port))).fate()).isEqualTo(Fate.PASSED);
    }
  }

  @Test
  void localAndPeerPortMustBothFit() {
    ArmedTrial trial = lost().localPorts("5").peerPorts("6").arm();
    assertThat(trial.egress(packet(out4(), udp(5, 6))).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(packet(out4(), udp(5, 7))).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.egress(packet(out4(), udp(7, 6))).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void portsAloneChooseTcpAndUdpAndNothingElse() {
    ArmedTrial trial = lost().peerPorts("1-65535").arm();
    assertThat(trial.egress(packet(out4(), TCP)).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(packet(out4(), UDP)).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(packet(out4(), icmp(8))).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.egress(packet(out4(), payload(20))).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void protocolAndPortMustBothFit() {
    ArmedTrial trial = lost().protocol(Protocol.TCP).peerPorts("443").arm();
    assertThat(trial.egress(packet(out4(), tcp(1, 443))).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(packet(out4(), udp(1, 443))).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void flagsThatMustBeSetAndFlagsThatMustNotAreBothAsked() {
    Tcp segment = tcp(TARGET_PORT, PEER_PORT);
    ArmedTrial trial = lost().flags("syn", "!ack").arm();
    assertThat(trial.egress(packet(out4(), segment.flags(SYN))).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(packet(out4(), segment.flags(SYN, ACK))).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.egress(packet(out4(), segment.flags(ACK, PSH))).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void flagsThatAreNotNamedMayBeEither() {
    Tcp segment = tcp(TARGET_PORT, PEER_PORT);
    ArmedTrial trial = lost().flags("fin").arm();
    assertThat(trial.egress(packet(out6(), segment.flags(FIN))).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(packet(out6(), segment.flags(FIN, ACK, PSH))).fate())
        .isEqualTo(Fate.VANISHED);
  }

  @Test
  void flagsAloneChooseTcpAndNothingElse() {
    ArmedTrial trial = lost().flags("!rst").arm();
    assertThat(trial.egress(packet(out4(), TCP)).fate()).isEqualTo(Fate.VANISHED);
    for (Layer layer : List.of(UDP, icmp(8), payload(20))) {
      assertThat(trial.egress(packet(out4(), layer)).fate()).isEqualTo(Fate.PASSED);
    }
  }

  static Stream<List<String>> conditionsOnFlags() {
    return Stream.of(
        List.of("syn"), List.of("!syn"), List.of("ack", "!fin"), List.of("cwr", "ece", "!urg"));
  }

  @ParameterizedTest
  @MethodSource("conditionsOnFlags")
  void everyCombinationOfFlagsIsJudgedAsInJava(List<String> words) {
    ArmedTrial trial = lost().flags(words.toArray(new String[0])).arm();
    for (int bits = 0; bits < 256; bits++) {
      Set<TcpFlag> flags = flags(bits);
      byte[] packet = packet(out4(), tcp(1, 2).flags(flags.toArray(new TcpFlag[0])));
      boolean fits = words.stream().allMatch(word -> fits(word, flags));
      assertThat(trial.egress(packet).fate())
          .as("%s in %s", words, flags)
          .isEqualTo(fits ? Fate.VANISHED : Fate.PASSED);
    }
  }

  private static boolean fits(String word, Set<TcpFlag> flags) {
    boolean negated = word.startsWith("!");
    String name = negated ? word.substring(1) : word;
    return flags.stream().anyMatch(flag -> flag.toString().equals(name)) != negated;
  }

  private static Set<TcpFlag> flags(int bits) {
    Set<TcpFlag> flags = EnumSet.allOf(TcpFlag.class);
    flags.removeIf(flag -> (bits & flag.bit()) == 0);
    return flags;
  }
}
