// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import static dev.squall.bpf.packet.Packet.authentication;
import static dev.squall.bpf.packet.Packet.fragment;
import static dev.squall.bpf.packet.Packet.icmpv6;
import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.ipv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.serviceVlan;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.packet.PacketView.TcpSegment;
import dev.squall.target.TcpFlag;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The tools of the tests, checked against frames that a real kernel sent.
class PacketTest {
  private static final String ETHERNET = "161bfc67f73242711665ba3b";

  private static final String SYN_OF_A_KERNEL =
      ETHERNET
          + "08004500003c881e400040062e9ac0000201c0000202"
          + "c61e10934561ee4300000000a002faf048220000020405b40402080a9181e50d000000000103030a";

  private static final String PING_OF_A_KERNEL =
      ETHERNET
          + "86dd6001cb99000d3a40fd000000000000000000000000000001fd000000000000000000000000000002"
          + "8000403d3f7100010001020304";

  @Test
  void segmentThatAKernelSentHasRightChecksums() {
    PacketView view = PacketView.of(HexFormat.of().parseHex(SYN_OF_A_KERNEL));
    assertThat(view.ipHeaderIsRight()).isTrue();
    assertThat(view.tcp().flags()).containsExactly(TcpFlag.SYN);
    assertThat(view.tcp().ports()).isEqualTo(new Tcp.Ports(50718, 4243));
    assertThat(view.tcp().checksum()).isEqualTo(Checksum.FINISHED);
  }

  @Test
  void messageThatAKernelSentHasARightChecksum() {
    PacketView view = PacketView.of(HexFormat.of().parseHex(PING_OF_A_KERNEL));
    assertThat(view.ipHeaderIsRight()).isTrue();
    assertThat(view.source()).isEqualTo("fd00:0:0:0:0:0:0:1");
    assertThat(view.icmp().type()).isEqualTo(128);
    assertThat(view.icmp().checksumIsRight()).isTrue();
  }

  @Test
  void checksumOfTheExampleInRfc1071IsRight() {
    byte[] example = HexFormat.of().parseHex("0001f203f4f5f6f7");
    assertThat(InternetChecksum.sum(example)).isEqualTo(0xddf2);
  }

  @Test
  void tcpSegmentIsReadAsItWasWritten() {
    byte[] whole =
        packet(
            serviceVlan(9),
            vlan(7),
            ipv4("10.0.0.1", "10.0.0.2").options(8),
            tcp(40000, 80).flags(TcpFlag.SYN).sequence(0xfffffff0L).acknowledging(5).options(12),
            payload(101));
    PacketView view = PacketView.of(whole);
    assertThat(view.vlans()).containsExactly(9, 7);
    assertThat(view.ipHeaderIsRight()).isTrue();
    assertThat(view.optionBytes()).isEqualTo(8);
    assertThat(view.source()).isEqualTo("10.0.0.1");
    assertThat(view.tcp())
        .isEqualTo(
            new TcpSegment(
                new Tcp.Ports(40000, 80),
                new Tcp.Numbers(0xfffffff0L, 5),
                Set.of(TcpFlag.SYN),
                32,
                101,
                Checksum.FINISHED));
  }

  @Test
  void unfinishedAndWrongChecksumsAreTold() {
    for (Checksum state : Checksum.values()) {
      byte[] four = packet(ipv4("10.0.0.1", "10.0.0.2"), tcp(1, 2).checksum(state), payload(3));
      byte[] six = packet(ipv6("fd00::1", "fd00::2"), tcp(1, 2).checksum(state), payload(3));
      assertThat(PacketView.of(four).tcp().checksum()).isEqualTo(state);
      assertThat(PacketView.of(six).tcp().checksum()).isEqualTo(state);
    }
  }

  @Test
  void wrongLengthAndWrongHeaderChecksumShow() {
    byte[] longer = packet(ipv4("10.0.0.1", "10.0.0.2").lengthMore(1), udp(1, 2));
    byte[] damaged = packet(ipv4("10.0.0.1", "10.0.0.2"), udp(1, 2));
    damaged[Ethernet.BYTES + 8]++;
    assertThat(PacketView.of(longer).ipHeaderIsRight()).isFalse();
    assertThat(PacketView.of(damaged).ipHeaderIsRight()).isFalse();
  }

  @Test
  void icmpv6ChecksumCoversThePseudoHeader() {
    byte[] whole = packet(ipv6("fd00::1", "fd00::2"), icmpv6(128), payload(5));
    assertThat(PacketView.of(whole).icmp().checksumIsRight()).isTrue();
    whole[Ethernet.BYTES + 8]++;
    assertThat(PacketView.of(whole).icmp().checksumIsRight()).isFalse();
  }

  @Test
  void extensionHeadersNameWhatFollows() {
    byte[] whole =
        packet(ipv6("fd00::1", "fd00::2"), authentication(), fragment(16, true), udp(1, 2));
    int first = Ethernet.BYTES + Ipv6.BYTES;
    assertThat(PacketView.of(whole).extensions()).containsExactly(51, 44);
    assertThat(PacketView.of(whole).protocol()).isEqualTo(17);
    assertThat(HexFormat.of().formatHex(whole, first, first + 2)).isEqualTo("2c05");
    assertThat(HexFormat.of().formatHex(whole, first + 28, first + 32)).isEqualTo("11000011");
  }
}
