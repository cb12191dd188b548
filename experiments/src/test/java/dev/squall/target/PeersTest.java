// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.experiment.ArbitraryTraffic;
import java.net.InetAddress;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeersTest {

  private static final List<IpPrefix> EXCLUDED = List.of(IpPrefix.parse("10.0.0.9"));

  @Property
  void whatIsPrintedIsReadAsTheSame(@ForAll("peers") Peer peer) {
    assertThat(Peer.parse(peer.toString())).isEqualTo(peer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "api.example.com", "a_b.example.", "xn--bcher-kva", "3com"})
  void aNameIsKeptAsItWasWritten(String name) {
    assertThat(Peer.parse(name)).isEqualTo(new Peer.HostName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "a..b", ".a", "bücher", "a b", "*.a", "a.10", "a\n"})
  void whatIsNeitherAddressNorNameIsRefused(String text) {
    assertThatThrownBy(() -> Peer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text + ": a peer is an address, a prefix or a host name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0", "10", "10.0.0.256", "300.1.1.1", "1::2::3", "a/8"})
  void aMistypedAddressIsNoName(String text) {
    assertThatThrownBy(() -> Peer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(": this is no IP address");
  }

  @Test
  void aNameHasAtMost253Letters() {
    String longest = "a234567.".repeat(31) + "a2345";

    assertThat(Peer.parse(longest)).hasToString(longest);
    assertThatThrownBy(() -> Peer.parse(longest + "6"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Peer.parse("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAreReplacedByTheirAddressesInPlace() {
    Peers peers =
        new Peers(
            List.of(Peer.parse("10.0.0.0/8"), Peer.parse("api"), Peer.parse("::1")), EXCLUDED);

    assertThat(peers.resolved(name -> addresses(name + " 192.0.2.1 2001:db8::1")))
        .isEqualTo(
            new Peers(
                List.of(
                    Peer.parse("10.0.0.0/8"),
                    Peer.parse("192.0.2.1"),
                    Peer.parse("2001:db8::1"),
                    Peer.parse("::1")),
                EXCLUDED));
  }

  @Test
  void anAddressOfTwoNamesIsThereOnce() {
    Peers peers = new Peers(List.of(Peer.parse("a"), Peer.parse("b")), List.of());

    assertThat(peers.resolved(_ -> addresses("x 192.0.2.1")).included())
        .containsExactly(Peer.parse("192.0.2.1"));
  }

  @Test
  void aNameWithoutAddressesNeverMeansAnyPeer() {
    Peers peers = new Peers(List.of(Peer.parse("gone.example")), List.of());

    assertThatThrownBy(() -> peers.resolved(_ -> List.of()))
        .hasMessage("gone.example: this host name has no address");
  }

  @Test
  void exceptionsStayWhenNamesAreReplaced() {
    Peers peers = new Peers(List.of(Peer.parse("a")), EXCLUDED, true);

    assertThat(peers.resolved(_ -> addresses("x 192.0.2.1")))
        .isEqualTo(new Peers(List.of(Peer.parse("192.0.2.1")), EXCLUDED, true));
  }

  @Test
  void theHostIsExcludedByItsAddresses() {
    Peers peers = new Peers(List.of(), EXCLUDED, true);
    IpPrefix host = IpPrefix.parse("10.244.1.1");

    assertThat(peers.withoutHost(List.of(host)).excluded()).containsAll(EXCLUDED).endsWith(host);
    assertThat(peers.withoutHost(List.of(host)).exceptHost()).isFalse();
  }

  @Provide
  Arbitrary<Peer> peers() {
    return ArbitraryTraffic.peers();
  }

  private static List<InetAddress> addresses(String nameAndAddresses) {
    return List.of(nameAndAddresses.split(" ")).stream()
        .skip(1)
        .map(InetAddress::ofLiteral)
        .toList();
  }
}
