// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.experiment.ArbitraryTraffic;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

  @Property
  void whatIsPrintedIsReadAsTheSame(@ForAll("prefixes") IpPrefix prefix) {
    assertThat(IpPrefix.parse(prefix.toString())).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/8",
        "0.0.0.0/0",
        "10.0.0.1",
        "255.255.255.255",
        "::",
        "::/0",
        "::1",
        "1::",
        "2001:db8::/32",
        "2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1",
        "fe80::/10",
        "64:ff9b::/96"
      })
  void whatIsReadIsPrintedAsTheSame(String text) {
    assertThat(IpPrefix.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1/32, 10.0.0.1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
    "::1/128, ::1"
  })
  void otherSpellingsArePrintedInTheUsualOne(String text, String usual) {
    assertThat(IpPrefix.parse(text)).hasToString(usual);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1/8       | 10.0.0.1/8: bits are set after the prefix, write 10.0.0.0/8",
        "2001:db8::1/32   | 2001:db8::1/32: bits are set after the prefix, write 2001:db8::/32",
        "10.0.0.0/33      | 10.0.0.0/33: the prefix length of this address is from 0 to 32",
        "::/129           | ::/129: the prefix length of this address is from 0 to 128",
        "10.0.0.0/        | 10.0.0.0/: after the / stands the length of the prefix, as in 10.0.0.0/8",
        "10.0.0.0/-1      | 10.0.0.0/-1: after the / stands the length of the prefix, as in 10.0.0.0/8",
        "fe80::1%eth0     | fe80::1%eth0: an address in a packet has no scope, write fe80::1",
        "::ffff:10.0.0.1  | ::ffff:10.0.0.1: on the wire a v4-mapped address is IPv4, write 10.0.0.1"
      })
  void wrongPrefixesAreRefusedWithTheRightOne(String text, String message) {
    assertThatThrownBy(() -> IpPrefix.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.com",
        "10",
        "10.1",
        "10.0.0.256",
        "10.0.0.1.",
        "0x0a.0.0.1",
        "1::2::3",
        ":",
        "cafe",
        "[::1]",
        "10.0.0.1 ",
        "10.0.0.01x"
      })
  void whatIsNoAddressIsRefusedAndNeverLookedUp(String text) {
    assertThatThrownBy(() -> IpPrefix.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + ": this is no IP address; one is written as 10.0.0.1 or 2001:db8::1");
  }

  @Test
  void onlyTheBitsOfAnAddressCount() throws UnknownHostException {
    byte[] linkLocal = {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    assertThat(IpPrefix.host(Inet6Address.getByAddress("host", linkLocal, 3)))
        .isEqualTo(IpPrefix.parse("fe80::1"))
        .hasToString("fe80::1");
    assertThat(IpPrefix.host(InetAddress.getByAddress("host", new byte[] {10, 0, 0, 1})))
        .isEqualTo(IpPrefix.parse("10.0.0.1"));
  }

  @Test
  void aHostIsTheLongestPrefix() {
    assertThat(IpPrefix.parse("10.0.0.1").isHost()).isTrue();
    assertThat(IpPrefix.parse("10.0.0.0/31").isHost()).isFalse();
    assertThat(IpPrefix.parse("::1").isHost()).isTrue();
    assertThat(IpPrefix.parse("::/32").isHost()).isFalse();
  }

  @Provide
  Arbitrary<IpPrefix> prefixes() {
    return ArbitraryTraffic.prefixes();
  }
}
