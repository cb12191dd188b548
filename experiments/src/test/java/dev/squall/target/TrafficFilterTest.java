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
import org.junit.jupiter.params.provider.EnumSource;

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
            "TCP flags do not exist in protocol %s: leave out the flags or choose protocol tcp"
                .formatted(protocol));
  }

  @Test
  void portsAndFlagsNeedNoProtocol() {
    assertThat(filter(null, WEB, SYN).protocol()).isNull();
    assertThat(filter(Protocol.UDP, WEB, null).ports()).isEqualTo(WEB);
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
    return new TrafficFilter(null, protocol, ports, Peers.ANY, flags, Selection.PACKET);
  }
}
