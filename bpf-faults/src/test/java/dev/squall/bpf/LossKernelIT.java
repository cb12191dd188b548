// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.fault.Loss;
import dev.squall.fault.Percentage;
import org.junit.jupiter.api.Test;

@NeedsBpf
class LossKernelIT {
  @Test
  void packetThatIsLostOnEgressVanishes() {
    ArmedTrial trial = Trial.of(new Loss(Percentage.parse("100%"))).arm();
    byte[] packet = packet(ipv4("10.0.0.1", "10.0.0.2"), udp(1, 2));
    assertThat(trial.egress(packet).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.ingress(packet).fate()).isEqualTo(Fate.VANISHED);
  }
}
