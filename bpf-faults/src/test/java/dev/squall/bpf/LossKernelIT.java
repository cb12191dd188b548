// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.PEER_PORT;
import static dev.squall.bpf.Frames.TARGET_PORT;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.icmp;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.libbpf.TestRun;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsBpf
class LossKernelIT {
  private static final int REDIRECT = 7;
  private static final int DROP = 2;

  static Stream<byte[]> packets() {
    return Stream.of(
        packet(out4(), udp(TARGET_PORT, PEER_PORT), payload(100)),
        packet(out6(), tcp(TARGET_PORT, PEER_PORT), payload(1000)),
        packet(vlan(7), out4().options(8), icmp(8), payload(56)),
        packet(out6(), payload(40)));
  }

  private static TestRun run(String program, byte[] packet) {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    return trial.program().program(program).testRun(packet, TestContext.EMPTY, 1);
  }

  /// Redirected to interface 0, which does not exist: its sender is told that it was sent, so that
  /// TCP sees loss and not local congestion.
  @ParameterizedTest
  @MethodSource("packets")
  void outgoingPacketIsSentNowhere(byte[] packet) {
    TestRun run = run("squall_egress", packet);
    assertThat(run.verdict()).isEqualTo(REDIRECT);
    assertThat(run.packet()).isEqualTo(packet);
  }

  @ParameterizedTest
  @MethodSource("packets")
  void incomingPacketIsDropped(byte[] packet) {
    TestRun run = run("squall_ingress", packet);
    assertThat(run.verdict()).isEqualTo(DROP);
    assertThat(run.packet()).isEqualTo(packet);
  }

  @ParameterizedTest
  @MethodSource("packets")
  void sparedPacketGoesOnToTheNextProgramAsItWas(byte[] packet) {
    ArmedTrial trial = Trial.of(loss("0.000000001%")).arm();
    TestContext context = TestContext.EMPTY.withMark(77).withPriority(5).withTstamp(123_456_789);
    assertThat(trial.egress(packet, context).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.ingress(packet, context).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.matched()).isEqualTo(1);
  }

  @Test
  void halfOfThePacketsAreLostAndHalfOfThemGoOn() {
    ArmedTrial trial = Trial.of(loss("50%")).seed(3).arm();
    int lost = 0;
    for (int n = 0; n < 1000; n++) {
      lost += trial.egress(Frames.datagram()).fate() == Fate.VANISHED ? 1 : 0;
    }
    assertThat(lost).isBetween(400, 600);
    assertThat(trial.hits()).isEqualTo(lost);
    assertThat(trial.matched()).isEqualTo(1000);
  }
}
