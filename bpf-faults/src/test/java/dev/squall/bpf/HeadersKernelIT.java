// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.PEER_PORT;
import static dev.squall.bpf.Frames.TARGET_PORT;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.arp;
import static dev.squall.bpf.packet.Packet.authentication;
import static dev.squall.bpf.packet.Packet.bare;
import static dev.squall.bpf.packet.Packet.cut;
import static dev.squall.bpf.packet.Packet.destinationOptions;
import static dev.squall.bpf.packet.Packet.fragment;
import static dev.squall.bpf.packet.Packet.hopByHop;
import static dev.squall.bpf.packet.Packet.icmpv6;
import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.ipv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.routing;
import static dev.squall.bpf.packet.Packet.serviceVlan;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.TableMap;
import dev.squall.bpf.packet.Extension;
import dev.squall.bpf.packet.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies between the start of a frame and its transport header. The rule asks for a port, so a
/// packet is hit only when its ports were looked for in the right place.
@NeedsBpf
class HeadersKernelIT {
  private static final Layer UDP = udp(TARGET_PORT, PEER_PORT);
  private static final Layer TCP = tcp(TARGET_PORT, PEER_PORT);

  private static ArmedTrial byPort() {
    return Trial.of(loss("100%"))
        .localPorts(Integer.toString(TARGET_PORT))
        .peerPorts(Integer.toString(PEER_PORT))
        .arm();
  }

  private static Fate fateOf(Layer... layers) {
    return byPort().egress(packet(layers)).fate();
  }

  @Test
  void oneVlanTagIsSkipped() {
    assertThat(fateOf(vlan(7), out4(), UDP)).isEqualTo(Fate.VANISHED);
    assertThat(fateOf(serviceVlan(7), out6(), TCP)).isEqualTo(Fate.VANISHED);
  }

  @Test
  void twoVlanTagsAreSkipped() {
    assertThat(fateOf(serviceVlan(9), vlan(7), out4(), TCP)).isEqualTo(Fate.VANISHED);
    assertThat(fateOf(vlan(9), vlan(7), out6(), UDP)).isEqualTo(Fate.VANISHED);
  }

  @Test
  void packetWithThreeVlanTagsPasses() {
    assertThat(fateOf(serviceVlan(9), vlan(8), vlan(7), out4(), UDP)).isEqualTo(Fate.PASSED);
    assertThat(fateOf(vlan(9), vlan(8), vlan(7), out6(), UDP)).isEqualTo(Fate.PASSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 20, 36, 40})
  void optionsOfIpv4AreSkipped(int bytes) {
    assertThat(fateOf(out4().options(bytes), UDP)).isEqualTo(Fate.VANISHED);
    assertThat(fateOf(vlan(7), out4().options(bytes), TCP)).isEqualTo(Fate.VANISHED);
  }

  static Stream<Extension> extensions() {
    return Stream.of(
        hopByHop(), routing(), destinationOptions(), authentication(), fragment(0, true));
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void eachExtensionHeaderIsSkipped(Extension extension) {
    assertThat(fateOf(out6(), extension, UDP)).isEqualTo(Fate.VANISHED);
    assertThat(fateOf(vlan(7), out6(), extension, TCP)).isEqualTo(Fate.VANISHED);
  }

  private static Layer[] chain(int length) {
    List<Layer> layers = new ArrayList<>(List.of(out6()));
    IntStream.range(0, length).forEach(i -> layers.add(i % 2 == 0 ? routing() : authentication()));
    layers.add(UDP);
    return layers.toArray(new Layer[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void upToSixExtensionHeadersAreSkipped(int number) {
    assertThat(fateOf(chain(number))).isEqualTo(Fate.VANISHED);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 20})
  void packetWithMoreExtensionHeadersPassesEvenWhereEverythingIsHit(int number) {
    assertThat(fateOf(chain(number))).isEqualTo(Fate.PASSED);
    Passage passage = Trial.of(loss("100%")).arm().egress(packet(chain(number)));
    assertThat(passage.fate()).isEqualTo(Fate.PASSED);
  }

  @Test
  void extensionHeaderThatIsLongerThanThePacketPasses() {
    byte[] whole = packet(out6(), routing(), payload(4));
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    assertThat(trial.egress(whole).fate()).isEqualTo(Fate.VANISHED);
    for (int length = 14 + 40; length < 14 + 40 + 8; length++) {
      assertThat(trial.egress(cut(whole, length)).fate()).isEqualTo(Fate.PASSED);
    }
  }

  @Test
  void arpIsNeverHit() {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    for (byte[] packet :
        List.of(
            packet(arp("10.0.0.1", "10.0.0.2")),
            packet(vlan(7), arp("10.0.0.1", "10.0.0.2")),
            packet(serviceVlan(9), vlan(7), arp("10.0.0.1", "10.0.0.1")))) {
      assertThat(trial.egress(packet).fate()).isEqualTo(Fate.PASSED);
      assertThat(trial.ingress(packet).fate()).isEqualTo(Fate.PASSED);
    }
    assertThat(trial.matched()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {133, 134, 135, 136, 137})
  void neighbourDiscoveryIsNeverHit(int type) {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    for (byte[] packet :
        List.of(
            packet(out6(), icmpv6(type), payload(24)),
            packet(vlan(7), out6(), icmpv6(type), payload(24)),
            packet(out6(), hopByHop(), icmpv6(type), payload(24)))) {
      assertThat(trial.egress(packet).fate()).isEqualTo(Fate.PASSED);
      assertThat(trial.ingress(packet).fate()).isEqualTo(Fate.PASSED);
    }
    assertThat(trial.matched()).isZero();
  }

  @Test
  void frameThatIsNotIpPasses() {
    assertThat(Trial.of(loss("100%")).arm().egress(packet(payload(60))).fate())
        .isEqualTo(Fate.PASSED);
  }

  @Test
  void packetOfAnotherVersionThanItsFrameSaysPasses() {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    for (int version : new int[] {0, 5, 6, 15}) {
      assertThat(trial.egress(packet(out4().version(version), UDP)).fate()).isEqualTo(Fate.PASSED);
    }
    for (int version : new int[] {0, 4, 5, 15}) {
      assertThat(trial.egress(packet(out6().version(version), UDP)).fate()).isEqualTo(Fate.PASSED);
    }
  }

  @Test
  void headerThatIsShorterThanAHeaderPasses() {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    for (int words = -5; words < 0; words++) {
      byte[] packet = packet(out4().headerWordsMore(words), UDP, payload(20));
      assertThat(trial.egress(packet).fate()).isEqualTo(Fate.PASSED);
    }
  }

  @Test
  void headerThatIsLongerThanThePacketPasses() {
    byte[] packet = packet(out4().headerWordsMore(10), UDP, payload(20));
    assertThat(Trial.of(loss("100%")).arm().egress(packet).fate()).isEqualTo(Fate.PASSED);
  }

  static Stream<List<Layer>> stacks() {
    return Stream.of(
        List.of(vlan(7), out4(), UDP),
        List.of(vlan(7), out4().options(12), TCP),
        List.of(serviceVlan(9), vlan(7), out6(), UDP),
        List.of(vlan(7), out6(), hopByHop(), fragment(0, true), TCP));
  }

  /// With a tag in front, the kernel takes the packet for no IP packet and hands over any length.
  @ParameterizedTest
  @MethodSource("stacks")
  void packetThatIsCutOffAnywhereInItsHeadersPasses(List<Layer> layers) {
    byte[] whole = packet(layers.toArray(new Layer[0]));
    ArmedTrial trial = byPort();
    for (int length = 14; length < whole.length; length++) {
      assertThat(trial.egress(cut(whole, length)).fate())
          .as("%d of %d bytes", length, whole.length)
          .isEqualTo(Fate.PASSED);
    }
    assertThat(trial.egress(whole).fate()).isEqualTo(Fate.VANISHED);
  }

  /// The kernel looks for the EtherType in bytes 12 and 13 whatever the device, so these addresses
  /// say there what the packet is.
  @Test
  void deviceWithoutEthernetHeaderHasItsPacketsFromTheFirstByteOn() {
    ArmedTrial trial = byPort();
    TableMap table = new TableMap(trial.program().map(TableMap.NAME).mmap(), FaultAbi.EGRESS);
    table.setLinkHeader(0);
    byte[] four = bare(ipv4("8.0.0.1", "10.0.0.2").options(8), UDP, payload(20));
    byte[] six = bare(ipv6("2001:db8:86dd::1", "fd00::2"), hopByHop(), TCP, payload(20));
    byte[] other = bare(ipv4("8.0.0.1", "10.0.0.2"), udp(1, 2), payload(20));
    assertThat(trial.egress(four).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(six).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.egress(other).fate()).isEqualTo(Fate.PASSED);
  }
}
