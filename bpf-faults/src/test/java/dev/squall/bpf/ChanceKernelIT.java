// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.datagram;
import static dev.squall.bpf.Frames.flows;
import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.ipv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.program.DecisionKey;
import dev.squall.bpf.scenario.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How often, and that it can be told beforehand.
@NeedsBpf
class ChanceKernelIT {
  private static final int PACKETS = 20_000;

  private static List<Boolean> hits(ArmedTrial trial, int direction, int packets) {
    List<Boolean> hits = new ArrayList<>();
    for (int n = 0; n < packets; n++) {
      Fate fate = trial.pass(direction, datagram(), TestContext.EMPTY).fate();
      hits.add(fate == Fate.VANISHED);
    }
    return hits;
  }

  private static List<Boolean> foretold(
      long seed, int fault, int direction, double probability, int packets) {
    long key = DecisionKey.of(seed, 0, fault, direction);
    long threshold = DecisionKey.threshold(probability);
    List<Boolean> hits = new ArrayList<>();
    for (int n = 0; n < packets; n++) {
      hits.add(DecisionKey.draw(key, n) < threshold);
    }
    return hits;
  }

  @Test
  void everyDecisionIsTheOneThatJavaForetells() {
    for (long seed : new long[] {0, 1, 42, -1, Long.MIN_VALUE, new Random().nextLong()}) {
      ArmedTrial trial = Trial.of(loss("30%")).seed(seed).arm();
      for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
        assertThat(hits(trial, direction, 2000))
            .as("seed %d", seed)
            .isEqualTo(foretold(seed, 0, direction, 0.3, 2000));
      }
    }
  }

  @Test
  void eachFaultOfAnExperimentDrawsForItself() {
    ArmedTrial trial = Trial.of(loss("30%"), loss("40%")).seed(7).dryRun().arm();
    hits(trial, FaultAbi.EGRESS, 2000);
    for (int fault = 0; fault < 2; fault++) {
      List<Boolean> hits = foretold(7, fault, FaultAbi.EGRESS, 0.3 + 0.1 * fault, 2000);
      assertThat(trial.counts(FaultAbi.EGRESS, fault).hit().packets())
          .isEqualTo(hits.stream().filter(hit -> hit).count());
    }
  }

  @Test
  void sameSeedDecidesTheSameAgain() {
    List<Boolean> once = hits(Trial.of(loss("50%")).seed(99).arm(), FaultAbi.EGRESS, 1000);
    List<Boolean> again = hits(Trial.of(loss("50%")).seed(99).arm(), FaultAbi.EGRESS, 1000);
    List<Boolean> other = hits(Trial.of(loss("50%")).seed(98).arm(), FaultAbi.EGRESS, 1000);
    assertThat(again).isEqualTo(once).isNotEqualTo(other);
  }

  @Test
  void bothDirectionsDrawForThemselves() {
    ArmedTrial trial = Trial.of(loss("50%")).arm();
    assertThat(hits(trial, FaultAbi.EGRESS, 1000))
        .isNotEqualTo(hits(trial, FaultAbi.INGRESS, 1000));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.3, 0.97})
  void shareOfHitsIsTheOneAskedFor(double probability) {
    long seed = Statistics.freshSeed("hits of " + probability, 1);
    ArmedTrial trial = Trial.of(loss(100 * probability + "%")).seed(seed).arm();
    long hits = hits(trial, FaultAbi.EGRESS, PACKETS).stream().filter(hit -> hit).count();
    assertThat(Statistics.binomialScore(hits, PACKETS, probability))
        .as("seed %d", seed)
        .isBetween(-Statistics.Z, Statistics.Z);
  }

  @Test
  void certainFaultMissesNothing() {
    ArmedTrial trial = Trial.of(loss("100%")).seed(new Random().nextLong()).arm();
    assertThat(hits(trial, FaultAbi.EGRESS, 5000)).doesNotContain(false);
  }

  @Test
  void smallestFaultThatCanBeAskedForHitsHardlyEver() {
    ArmedTrial trial = Trial.of(loss("0.000000001%")).arm();
    assertThat(hits(trial, FaultAbi.EGRESS, 5000)).doesNotContain(true);
  }

  @Test
  void flowKeepsItsFateForItsWholeLife() {
    ArmedTrial trial = Trial.of(loss("50%")).perFlow().arm();
    for (byte[] flow : flows(300)) {
      Fate first = trial.egress(flow).fate();
      for (int n = 0; n < 5; n++) {
        assertThat(trial.egress(flow).fate()).isEqualTo(first);
      }
    }
  }

  @Test
  void flowSharesItsFateInBothDirections() {
    ArmedTrial trial = Trial.of(loss("50%")).perFlow().arm();
    RandomGenerator random = new Random(1);
    for (int n = 0; n < 1000; n++) {
      int here = 1 + random.nextInt(65_535);
      int there = 1 + random.nextInt(65_535);
      byte[] out =
          n % 2 == 0
              ? packet(ipv4("10.0.0.1", "10.0.0." + n % 250), tcp(here, there))
              : packet(ipv6("fd00::1", "fd00::" + n), udp(here, there));
      byte[] back =
          n % 2 == 0
              ? packet(ipv4("10.0.0." + n % 250, "10.0.0.1"), tcp(there, here))
              : packet(ipv6("fd00::" + n, "fd00::1"), udp(there, here));
      assertThat(trial.ingress(back).fate()).isEqualTo(trial.egress(out).fate());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5})
  void shareOfFlowsIsTheOneAskedFor(double probability) {
    long seed = Statistics.freshSeed("flows hit of " + probability, 1);
    ArmedTrial trial = Trial.of(loss(100 * probability + "%")).perFlow().seed(seed).arm();
    int flows = 10_000;
    long lost = flows(flows).stream().filter(f -> trial.egress(f).fate() == Fate.VANISHED).count();
    assertThat(Statistics.binomialScore(lost, flows, probability))
        .as("seed %d", seed)
        .isBetween(-Statistics.Z, Statistics.Z);
  }

  @Test
  void flowIsItsAddressesPortsAndProtocol() {
    ArmedTrial trial = Trial.of(loss("50%")).perFlow().arm();
    long differing = 0;
    for (int port = 1; port <= 200; port++) {
      Fate tcp = trial.egress(packet(ipv4("10.0.0.1", "10.0.0.2"), tcp(port, 80))).fate();
      Fate udp = trial.egress(packet(ipv4("10.0.0.1", "10.0.0.2"), udp(port, 80))).fate();
      Fate elsewhere = trial.egress(packet(ipv4("10.0.0.1", "10.0.0.3"), tcp(port, 80))).fate();
      differing += (tcp != udp ? 1 : 0) + (tcp != elsewhere ? 1 : 0);
    }
    assertThat(differing).isBetween(120L, 280L);
  }
}
