// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.ArmedTrial.packets;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.datagram;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.CountMap.Count;
import dev.squall.bpf.abi.CountMap.Counts;
import dev.squall.bpf.abi.CountMap.Ticks;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.target.Protocol;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@NeedsBpf
class CountersKernelIT {
  private static final Duration LONGER_THAN_A_TICK = Duration.ofMillis(25);

  private static void assertDatagrams(ArmedTrial trial, int number, Fate expected) {
    for (int n = 0; n < number; n++) {
      assertThat(trial.egress(datagram()).fate()).isEqualTo(expected);
    }
  }

  @Test
  void matchedAndHitAreCountedExactly() {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    assertDatagrams(trial, 137, Fate.VANISHED);
    assertThat(trial.counts().matched()).isEqualTo(packets(137));
    assertThat(trial.counts().hit()).isEqualTo(packets(137));
    assertThat(trial.counts().hitBytes()).isEqualTo(137L * datagram().length);
    assertThat(trial.counts().overflow()).isZero();
  }

  @Test
  void packetThatChanceSparesIsMatchedAndNotHit() {
    ArmedTrial trial = Trial.of(loss("0.000000001%")).arm();
    assertDatagrams(trial, 10, Fate.PASSED);
    assertThat(trial.counts().matched()).isEqualTo(packets(10));
    assertThat(trial.counts().hit()).isEqualTo(packets(0));
    assertThat(trial.counts().hitBytes()).isZero();
  }

  @Test
  void packetThatDoesNotMatchIsNotCounted() {
    ArmedTrial trial = Trial.of(loss("100%")).protocol(Protocol.TCP).arm();
    assertDatagrams(trial, 10, Fate.PASSED);
    assertThat(trial.counts()).isEqualTo(nothing());
  }

  private static Counts nothing() {
    return new Counts(packets(0), packets(0), 0, 0, 0, new Ticks(0, 0));
  }

  @Test
  void directionsAreCountedApart() {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    trial.egress(datagram());
    trial.ingress(datagram());
    trial.ingress(datagram());
    assertThat(trial.counts(0, 0).matched()).isEqualTo(packets(1));
    assertThat(trial.counts(1, 0).matched()).isEqualTo(packets(2));
  }

  @Test
  void packetOfManySegmentsCountsAsOnePacketAndAsItsSegments() {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    byte[] large = packet(out4(), tcp(1, 2), payload(3000));
    trial.egress(large, TestContext.EMPTY.withSegmentation(44, 1448, 65_000));
    trial.egress(large, TestContext.EMPTY.withSegmentation(2, 1500, 3100));
    trial.egress(datagram(), TestContext.EMPTY.withSegmentation(1, 0, 0));
    trial.egress(datagram());
    assertThat(trial.counts().matched()).isEqualTo(new Count(4, 44 + 2 + 1 + 1));
    assertThat(trial.counts().hit()).isEqualTo(new Count(4, 44 + 2 + 1 + 1));
  }

  @Test
  void segmentsOfASparedPacketAreMatchedOnly() {
    ArmedTrial trial = Trial.of(loss("0.000000001%")).arm();
    trial.egress(datagram(), TestContext.EMPTY.withSegmentation(10, 100, 0));
    assertThat(trial.counts().matched()).isEqualTo(new Count(1, 10));
    assertThat(trial.counts().hit()).isEqualTo(new Count(0, 0));
  }

  @Test
  void timeOfTheFirstHitStaysAndThatOfTheLastGoesOn() throws InterruptedException {
    ArmedTrial trial = Trial.of(loss("100%")).arm();
    JiffiesClock clock = SharedProgram.clock();
    long before = clock.now();
    trial.egress(datagram());
    long first = trial.counts().ticks().first();
    assertThat(first).isBetween(before, clock.now() + 1);
    assertThat(trial.counts().ticks().last()).isEqualTo(first);
    Thread.sleep(LONGER_THAN_A_TICK);
    trial.egress(datagram());
    assertThat(trial.counts().ticks().first()).isEqualTo(first);
    assertThat(trial.counts().ticks().last()).isBetween(first + 1, SharedProgram.clock().now() + 1);
  }

  @Test
  void withoutAHitThereIsNoTimeOfAHit() {
    ArmedTrial trial = Trial.of(loss("0.000000001%")).arm();
    assertDatagrams(trial, 3, Fate.PASSED);
    assertThat(trial.counts().ticks().first()).isZero();
    assertThat(trial.counts().ticks().last()).isZero();
  }

  @Test
  void ruleAfterTheOneThatHitCountsNothing() {
    ArmedTrial trial = Trial.of(loss("100%"), loss("100%")).arm();
    assertDatagrams(trial, 5, Fate.VANISHED);
    assertThat(trial.counts(0, 0).hit()).isEqualTo(packets(5));
    assertThat(trial.counts(0, 1)).isEqualTo(nothing());
  }

  @Test
  void ruleAfterTheOneThatSparedCountsWhatIsLeft() {
    ArmedTrial trial = Trial.of(loss("50%"), loss("100%")).arm();
    assertDatagrams(trial, 400, Fate.VANISHED);
    long hit = trial.counts(0, 0).hit().packets();
    assertThat(hit).isBetween(100L, 300L);
    assertThat(trial.counts(0, 1).matched()).isEqualTo(packets(400 - hit));
  }
}
