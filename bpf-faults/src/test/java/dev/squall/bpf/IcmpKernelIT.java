// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.hopByHop;
import static dev.squall.bpf.packet.Packet.icmp;
import static dev.squall.bpf.packet.Packet.icmpv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.target.Protocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ICMP means echo and errors, in both versions; the rest of ICMP serves the network itself.
@NeedsBpf
class IcmpKernelIT {
  private final ArmedTrial icmpOnly = Trial.of(loss("100%")).protocol(Protocol.ICMP).arm();

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 8, 11, 12})
  void echoAndErrorsAreHit(int type) {
    assertThat(icmpOnly.egress(packet(out4(), icmp(type), payload(28))).fate())
        .isEqualTo(Fate.VANISHED);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 13, 14, 40, 63, 64, 66, 72, 75, 128, 255})
  void otherMessagesAreNot(int type) {
    assertThat(icmpOnly.egress(packet(out4(), icmp(type), payload(28))).fate())
        .isEqualTo(Fate.PASSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 128, 129})
  void echoAndErrorsOfVersionSixAreHit(int type) {
    assertThat(icmpOnly.egress(packet(out6(), icmpv6(type), payload(28))).fate())
        .isEqualTo(Fate.VANISHED);
    assertThat(icmpOnly.ingress(packet(out6(), hopByHop(), icmpv6(type), payload(28))).fate())
        .isEqualTo(Fate.VANISHED);
  }

  @ParameterizedTest
  @ValueSource(ints = {130, 131, 132, 133, 134, 135, 136, 137, 138, 143, 151, 255})
  void otherMessagesOfVersionSixAreNot(int type) {
    assertThat(icmpOnly.egress(packet(out6(), icmpv6(type), payload(28))).fate())
        .isEqualTo(Fate.PASSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {130, 131, 132, 143})
  void listenerReportsAreTrafficLikeAnyOther(int type) {
    ArmedTrial everything = Trial.of(loss("100%")).arm();
    assertThat(everything.egress(packet(out6(), hopByHop(), icmpv6(type), payload(20))).fate())
        .isEqualTo(Fate.VANISHED);
  }
}
