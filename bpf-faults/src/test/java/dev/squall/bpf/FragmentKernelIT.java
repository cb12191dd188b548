// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.PEER_PORT;
import static dev.squall.bpf.Frames.TARGET_PORT;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.fragment;
import static dev.squall.bpf.packet.Packet.hopByHop;
import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.packet.Ipv4;
import dev.squall.target.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A datagram in parts: the first has a transport header, the others have not.
@NeedsBpf
class FragmentKernelIT {
  private static final int TCP = 6;
  private static final int UDP = 17;

  private static final byte[] FIRST4 =
      packet(out4().fragment(0, true), udp(TARGET_PORT, PEER_PORT), payload(16));
  private static final byte[] MIDDLE4 =
      packet(out4().fragment(24, true).carrying(UDP), payload(24));
  private static final byte[] LAST4 = packet(out4().fragment(48, false).carrying(UDP), payload(9));
  private static final byte[] FIRST6 =
      packet(out6(), fragment(0, true), udp(TARGET_PORT, PEER_PORT), payload(16));
  private static final byte[] MIDDLE6 =
      packet(out6(), fragment(24, true).carrying(UDP), payload(24));
  private static final byte[] LAST6 =
      packet(vlan(7), out6(), hopByHop(), fragment(48, false).carrying(UDP), payload(9));

  private static final List<byte[]> FIRST = List.of(FIRST4, FIRST6);
  private static final List<byte[]> LATER = List.of(MIDDLE4, LAST4, MIDDLE6, LAST6);

  private static void assertFate(ArmedTrial trial, List<byte[]> packets, Fate expected) {
    for (byte[] packet : packets) {
      assertThat(trial.egress(packet).fate()).isEqualTo(expected);
      assertThat(trial.ingress(packet).fate()).isEqualTo(expected);
    }
  }

  @Test
  void ruleWithoutPortsIsForEveryFragment() {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    assertFate(trial, FIRST, Fate.VANISHED);
    assertFate(trial, LATER, Fate.VANISHED);
  }

  @Test
  void ruleWithPortsIsForTheFirstFragmentOnly() {
    ArmedTrial trial = Trial.of(loss("100%")).localPorts("40000").peerPorts("443").arm();
    assertThat(trial.egress(FIRST4).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(FIRST6).fate()).isEqualTo(Fate.VANISHED);
    assertFate(trial, LATER, Fate.PASSED);
  }

  @Test
  void payloadOfALaterFragmentIsNotTakenForPorts() {
    ArmedTrial trial = Trial.of(loss("100%")).peerPorts("1-65535").arm();
    assertFate(trial, LATER, Fate.PASSED);
  }

  @Test
  void protocolIsThatOfTheWholeDatagram() {
    ArmedTrial udp = Trial.of(loss("100%")).protocol(Protocol.UDP).arm();
    assertFate(udp, FIRST, Fate.VANISHED);
    assertFate(udp, LATER, Fate.VANISHED);
    ArmedTrial tcp = Trial.of(loss("100%")).protocol(Protocol.TCP).arm();
    assertFate(tcp, FIRST, Fate.PASSED);
    assertFate(tcp, LATER, Fate.PASSED);
  }

  @Test
  void peerIsThatOfTheWholeDatagram() {
    ArmedTrial trial = Trial.of(loss("100%")).peers(Frames.PEER, Frames.PEER6).arm();
    for (byte[] packet : LATER) {
      assertThat(trial.egress(packet).fate()).isEqualTo(Fate.VANISHED);
    }
  }

  @Test
  void ruleWithFlagsIsForTheFirstFragmentOnly() {
    ArmedTrial trial = Trial.of(loss("100%")).flags("!urg").arm();
    byte[] first = packet(out4().fragment(0, true), tcp(TARGET_PORT, PEER_PORT), payload(20));
    byte[] later = packet(out4().fragment(40, false).carrying(TCP), payload(40));
    byte[] later6 = packet(out6(), fragment(40, false).carrying(TCP), payload(40));
    assertThat(trial.egress(first).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(later).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.egress(later6).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void fragmentThatIsTheWholeDatagramHasItsPorts() {
    byte[] atomic = packet(out6(), fragment(0, false), udp(TARGET_PORT, PEER_PORT), payload(8));
    Passage passage = Trial.of(loss("100%")).peerPorts("443").arm().egress(atomic);
    assertThat(passage.fate()).isEqualTo(Fate.VANISHED);
  }

  @Test
  void laterFragmentEndsTheWalkThroughTheHeaders() {
    byte[] namesAnotherHeader = packet(out6(), fragment(8, false).carrying(60), payload(4));
    assertThat(Trial.of(loss("100%")).arm().egress(namesAnotherHeader).fate())
        .isEqualTo(Fate.VANISHED);
  }

  @Test
  void allFragmentsOfAFlowShareItsFate() {
    ArmedTrial trial = Trial.of(loss("50%")).perFlow().arm();
    for (int host = 0; host < 100; host++) {
      Ipv4 ip = ipv4("10.0.0.1", "10.9.0." + host);
      byte[] first = packet(ip.fragment(0, true), udp(TARGET_PORT, PEER_PORT), payload(16));
      byte[] later = packet(ip.fragment(24, false).carrying(UDP), payload(16));
      assertThat(trial.egress(later).fate()).isEqualTo(trial.egress(first).fate());
    }
    assertThat(trial.hits()).isBetween(40L, 160L);
  }
}
