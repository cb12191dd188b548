// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.experiment.ArbitraryTraffic;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficFilterTest {

  private static final Ports WEB = new Ports(List.of(), List.of(new PortRange(80, 80)));
  private static final TcpFlags SYN = TcpFlags.parse(List.of("syn", "!ack"));

  @Test
  void icmpHasNoPorts() {
    assertThatThrownBy(() -> filter(Protocol.ICMP, WEB, null))
        .hasMessage("ICMP has no ports: leave out the ports or choose protocol tcp or udp");
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "ICMP"})
  void onlyTcpHasFlags(Protocol protocol) {
    assertThatThrownBy(() -> filter(protocol, Ports.ANY, SYN))
        .hasMessage(
            "TCP flags do not exist in protocol %s: leave them out or choose protocol tcp"
                .formatted(protocol));
  }

  @Test
  void portsAndFlagsNeedNoProtocol() {
    assertThat(filter(null, WEB, SYN).protocol()).isNull();
    assertThat(filter(Protocol.UDP, WEB, null).ports()).isEqualTo(WEB);
  }

  @Test
  void onlyTcpHasServerNames() {
    FlowFilter named = new FlowFilter(null, List.of(NamePattern.parse("*.example")), null, null);
    assertThatThrownBy(
            () ->
                new TrafficFilter(
                    null, Protocol.UDP, Ports.ANY, Peers.ANY, named, Selection.PACKET))
        .hasMessage(
            "TLS server names do not exist in protocol udp: leave them out or choose protocol tcp");
  }

  @Test
  void partOfAFlowThatHoldsNothingIsRefused() {
    assertThatThrownBy(() -> part("10", "10"))
        .hasMessage("after 10: nothing of the first 10 is left then");
    assertThatThrownBy(() -> part("1MiB", "1MB"))
        .hasMessage("after 1MiB: nothing of the first 1MB is left then");
    assertThat(part("9", "10").after()).hasToString("9");
    assertThat(part("2MB", "10").first()).hasToString("10");
  }

  private static FlowFilter part(String after, String first) {
    return new FlowFilter(null, List.of(), FlowExtent.parse(after), FlowExtent.parse(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "10 packets", "0B", "KiB", ""})
  void whatIsNoPartOfAFlowIsRefused(String text) {
    assertThatThrownBy(() -> FlowExtent.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "API.example.com., api.example.com, '', true",
    "bad.*, bad., '', false",
    "*.Example, '', .example, false",
    "*, '', '', false"
  })
  void namePatternsAreReadInTheirParts(String text, String prefix, String suffix, boolean exact) {
    NamePattern pattern = NamePattern.parse(text);
    assertThat(pattern.prefix()).isEqualTo(prefix);
    assertThat(pattern.suffix()).isEqualTo(suffix);
    assertThat(pattern.isExact()).isEqualTo(exact);
    assertThat(NamePattern.parse(pattern.toString())).isEqualTo(pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a*b", "*a*", "**", "a b", "bücher.example", "."})
  void whatIsNoNamePatternIsRefused(String text) {
    assertThatThrownBy(() -> NamePattern.parse(text))
        .hasMessageContaining("a name pattern is a host name with at most one *");
  }

  @Property
  void flagsThatArePrintedAreReadAsTheSame(@ForAll("flags") TcpFlags flags) {
    assertThat(TcpFlags.parse(flags.words())).isEqualTo(flags);
    assertThat(flags.setBits() & flags.clearBits()).isZero();
  }

  @Test
  void flagsHaveTheBitsOfTheHeader() {
    assertThat(SYN).hasToString("syn,!ack");
    assertThat(SYN.setBits()).isEqualTo(0x02);
    assertThat(SYN.clearBits()).isEqualTo(0x10);
    assertThat(new TcpFlags(Set.of(TcpFlag.values()), Set.of()).setBits()).isEqualTo(0xff);
    assertThat(TcpFlag.of(0x12)).containsExactly(TcpFlag.SYN, TcpFlag.ACK);
  }

  @Test
  void flagsThatSayNothingOrTooMuchAreRefused() {
    assertThatThrownBy(() -> TcpFlags.parse(List.of()))
        .hasMessage("TCP flags are missing: name at least one, such as syn");
    assertThatThrownBy(() -> TcpFlags.parse(List.of("syn", "!syn")))
        .hasMessage("syn: a TCP flag cannot be both set and clear");
    assertThatThrownBy(() -> TcpFlags.parse(List.of("!sin")))
        .hasMessage("sin: a TCP flag is one of fin, syn, rst, psh, ack, urg, ece, cwr");
  }

  @Provide
  Arbitrary<TcpFlags> flags() {
    return ArbitraryTraffic.flags();
  }

  private static TrafficFilter filter(
      @Nullable Protocol protocol, Ports ports, @Nullable TcpFlags flags) {
    FlowFilter flows = new FlowFilter(flags, List.of(), null, null);
    return new TrafficFilter(null, protocol, ports, Peers.ANY, flows, Selection.PACKET);
  }
}
