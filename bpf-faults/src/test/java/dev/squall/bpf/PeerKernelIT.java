// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.datagramFrom;
import static dev.squall.bpf.Frames.datagramTo;
import static dev.squall.bpf.Frames.in4;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.fault.FlowExemption;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Peers, in all the ways in which they can be named, and those that are spared.
@NeedsBpf
class PeerKernelIT {
  private static Trial lost() {
    return Trial.of(loss("100%"));
  }

  /// Both ways: the peer is where a packet goes to, or where it comes from.
  private static void assertHits(ArmedTrial trial, String... peers) {
    for (String peer : peers) {
      assertThat(trial.egress(datagramTo(peer)).fate()).as(peer).isEqualTo(Fate.VANISHED);
      assertThat(trial.ingress(datagramFrom(peer)).fate()).as(peer).isEqualTo(Fate.VANISHED);
    }
  }

  private static void assertSpares(ArmedTrial trial, String... peers) {
    for (String peer : peers) {
      assertThat(trial.egress(datagramTo(peer)).fate()).as(peer).isEqualTo(Fate.PASSED);
      assertThat(trial.ingress(datagramFrom(peer)).fate()).as(peer).isEqualTo(Fate.PASSED);
    }
  }

  @Test
  void hostIsThatOneAddress() {
    ArmedTrial trial = lost().peers("10.0.0.2", "fd00::2").arm();
    assertHits(trial, "10.0.0.2", "fd00::2");
    assertSpares(trial, "10.0.0.3", "10.0.1.2", "fd00::3", "fd00:0:0:1::2");
  }

  @Test
  void peerIsNotTheTargetItself() {
    ArmedTrial trial = lost().peers(Frames.PEER).arm();
    assertThat(trial.egress(packet(in4(), udp(1, 2))).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.ingress(packet(out4(), udp(1, 2))).fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void prefixIsEveryAddressInIt() {
    ArmedTrial trial = lost().peers("10.16.0.0/12", "fd00:1::/32").arm();
    assertHits(trial, "10.16.0.0", "10.20.3.4", "10.31.255.255", "fd00:1::", "fd00:1:ffff::9");
    assertSpares(trial, "10.15.255.255", "10.32.0.0", "fd00:2::", "fd00::1:0");
  }

  @Test
  void prefixOfOneVersionHitsNothingOfTheOther() {
    assertSpares(lost().peers("0.0.0.0/0").arm(), "fd00::2");
    assertSpares(lost().peers("::/0").arm(), "10.0.0.2");
    assertSpares(lost().peers("10.0.0.2").arm(), "fd00::2");
    assertSpares(lost().peers("fd00::2").arm(), "10.0.0.2");
  }

  @Test
  void emptyPrefixIsEveryAddressOfItsVersion() {
    assertHits(lost().peers("0.0.0.0/0").arm(), "10.0.0.2", "203.0.113.9");
    assertHits(lost().peers("::/0").arm(), "fd00::2", "2001:db8::9");
  }

  @Test
  void hostsAndPrefixesTogetherAreAllOfThem() {
    ArmedTrial trial = lost().peers("10.0.0.2", "10.1.0.0/16", "fd00::2", "fd01::/16").arm();
    assertHits(trial, "10.0.0.2", "10.1.2.3", "fd00::2", "fd01::9");
    assertSpares(trial, "10.0.0.3", "10.2.0.1", "fd00::3", "fd02::9");
  }

  @Test
  void prefixInsideAnotherKeepsTheRulesOfTheOuterOne() {
    ArmedTrial trial = lost().peers("10.0.0.0/8").except("10.1.0.0/16").arm();
    assertHits(trial, "10.0.0.2", "10.2.0.1");
    assertSpares(trial, "10.1.0.1", "10.1.255.1");
  }

  @Test
  void exclusionHoldsForThePrefixesInsideIt() {
    ArmedTrial trial = lost().peers("10.1.2.0/24", "10.9.0.0/16").except("10.1.0.0/16").arm();
    assertHits(trial, "10.9.0.1");
    assertSpares(trial, "10.1.2.3", "10.1.3.1");
  }

  @Test
  void exclusionHoldsInDeepNests() {
    ArmedTrial trial =
        lost()
            .peers("fd00::/8", "fd00:1:2:3::/64", "fd00:1:2:3:4::/80")
            .except("fd00:1::/32", "fd00:5:6::/48")
            .arm();
    assertHits(trial, "fd00:5:7::1", "fd01::1");
    assertSpares(trial, "fd00:1::1", "fd00:1:2:3::1", "fd00:1:2:3:4::1", "fd00:5:6:7::1");
  }

  @Test
  void hostInsideAnExcludedPrefixIsSpared() {
    ArmedTrial trial = lost().peers("10.1.2.3", "10.2.2.3").except("10.1.0.0/16").arm();
    assertHits(trial, "10.2.2.3");
    assertSpares(trial, "10.1.2.3");
  }

  @Test
  void excludedHostIsSparedWhereEverybodyElseIsHit() {
    ArmedTrial trial = lost().except("10.0.0.2", "fd00::2").arm();
    assertHits(trial, "10.0.0.3", "fd00::3");
    assertSpares(trial, "10.0.0.2", "fd00::2");
  }

  @Test
  void sparedPacketsAreCountedApart() {
    ArmedTrial trial = lost().except("10.0.0.2").arm();
    assertSpares(trial, "10.0.0.2");
    assertHits(trial, "10.0.0.3");
    assertThat(trial.matched()).isEqualTo(1);
    assertThat(trial.counts(FaultAbi.EGRESS, 1).matched().packets()).isEqualTo(1);
    assertThat(trial.counts(FaultAbi.INGRESS, 1).matched().packets()).isEqualTo(1);
  }

  @Test
  void onlyPacketsThatAFaultWouldMatchAreSpared() {
    ArmedTrial trial = lost().peers("10.1.0.0/16").except("10.0.0.0/8").arm();
    assertSpares(trial, "10.0.0.2");
    assertThat(trial.counts(FaultAbi.EGRESS, 1).matched().packets()).isZero();
    assertSpares(trial, "10.1.0.2");
    assertThat(trial.counts(FaultAbi.EGRESS, 1).matched().packets()).isEqualTo(1);
  }

  @Test
  void exclusionSparesFromEveryFault() {
    ArmedTrial trial =
        Trial.of(loss("1%"), Faults.drop(), Faults.delay("1s")).except("10.0.0.2").arm();
    assertSpares(trial, "10.0.0.2");
    for (int rule = 0; rule < 3; rule++) {
      assertThat(trial.counts(FaultAbi.EGRESS, rule).matched().packets()).isZero();
    }
    assertThat(trial.counts(FaultAbi.EGRESS, 3).matched().packets()).isEqualTo(1);
  }

  @Test
  void flowOfTheCallerIsSparedAndNoOther() throws UnknownHostException {
    InetAddress caller = InetAddress.getByName("203.0.113.5");
    ArmedTrial trial = lost().sparing(new FlowExemption(caller, 50_000, 22)).arm();
    byte[] reply = packet(ipv4(Frames.TARGET, "203.0.113.5"), tcp(22, 50_000));
    byte[] request = packet(ipv4("203.0.113.5", Frames.TARGET), tcp(50_000, 22));
    byte[] another = packet(ipv4("203.0.113.5", Frames.TARGET), tcp(50_001, 22));
    byte[] noTcp = packet(ipv4("203.0.113.5", Frames.TARGET), udp(50_000, 22));
    byte[] elsewhere = packet(ipv4("203.0.113.6", Frames.TARGET), tcp(50_000, 22));
    assertThat(trial.egress(reply).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.ingress(request).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.ingress(another).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.ingress(noTcp).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.ingress(elsewhere).fate()).isEqualTo(Fate.VANISHED);
  }

  @Test
  void eachOfTenThousandHostsIsHitAndNoNeighbour() {
    String[] hosts =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "10.9.%d.%d".formatted(i / 250, 1 + i % 250))
            .toArray(String[]::new);
    ArmedTrial trial = lost().peers(hosts).arm();
    for (String host : hosts) {
      assertThat(trial.egress(datagramTo(host)).fate()).as(host).isEqualTo(Fate.VANISHED);
    }
    assertSpares(trial, "10.9.0.0", "10.9.0.251", "10.9.40.1", "10.8.0.1");
    assertThat(trial.hits()).isEqualTo(hosts.length);
  }
}
