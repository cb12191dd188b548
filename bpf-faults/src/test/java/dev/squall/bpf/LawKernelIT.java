// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.gilbertElliott;
import static dev.squall.bpf.Faults.reorder;
import static dev.squall.bpf.Frames.PEER_PORT;
import static dev.squall.bpf.Frames.TARGET_PORT;
import static dev.squall.bpf.Frames.datagram;
import static dev.squall.bpf.Frames.flows;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.program.DecisionKey;
import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.PeriodicLoss;
import dev.squall.unit.Percentage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The laws that remember what they did, or that look at the packet.
@NeedsBpf
class LawKernelIT {
  private static final long STEP_SALT = 0xa0761d6478bd642fL;
  private static final int PACKETS = 5000;

  private static List<Boolean> hits(ArmedTrial trial, List<byte[]> packets) {
    List<Boolean> hits = new ArrayList<>();
    for (byte[] packet : packets) {
      long before = trial.hits();
      trial.egress(packet);
      hits.add(trial.hits() > before);
    }
    return hits;
  }

  private static List<byte[]> datagrams(int count) {
    return IntStream.range(0, count).mapToObj(_ -> datagram()).toList();
  }

  private static boolean draws(long key, long n, double probability) {
    return DecisionKey.draw(key, n) < DecisionKey.threshold(probability);
  }

  @Test
  void everyThirdIsHit() {
    ArmedTrial trial = Trial.of(new PeriodicLoss(3)).arm();
    assertThat(hits(trial, datagrams(7)))
        .containsExactly(false, false, true, false, false, true, false);
  }

  @Test
  void everyFlowIsCountedForItselfWhenAskedTo() {
    ArmedTrial trial = Trial.of(new PeriodicLoss(2)).perFlow().alone();
    List<byte[]> two = flows(2);
    List<byte[]> packets =
        List.of(two.get(0), two.get(1), two.get(0), two.get(0), two.get(1), two.get(0));
    try (LoadedProgram _ = trial.program()) {
      assertThat(hits(trial, packets)).containsExactly(false, false, true, false, true, true);
    }
  }

  /// The two states told again, draw by draw.
  @Test
  void gilbertElliottIsTheChainThatJavaForetells() {
    ArmedTrial trial = Trial.of(gilbertElliott("20%,30%,80%,5%")).seed(5).alone();
    long key = DecisionKey.of(5, 0, 0, 0);
    List<Boolean> foretold = new ArrayList<>();
    boolean bad = false;
    for (int n = 0; n < PACKETS; n++) {
      boolean below = draws(key ^ STEP_SALT, n, bad ? 0.3 : 0.8);
      bad = !below;
      foretold.add(draws(key, n, bad ? 0.8 : 0.05));
    }
    try (LoadedProgram _ = trial.program()) {
      assertThat(hits(trial, datagrams(PACKETS))).isEqualTo(foretold);
    }
  }

  /// A share of 20% with a correlation of 50%: 10% after a miss, 60% after a hit.
  @Test
  void correlatedCorruptionIsTheChainThatJavaForetells() {
    Fault fault = new Corrupt(share("20%"), CorruptMode.SILENT, null, share("50%"));
    ArmedTrial trial = Trial.of(fault).seed(7).alone();
    long key = DecisionKey.of(7, 0, 0, 0);
    List<Boolean> foretold = new ArrayList<>();
    boolean hit = false;
    for (int n = 0; n < PACKETS; n++) {
      hit = !draws(key ^ STEP_SALT, n, hit ? 0.4 : 0.9);
      foretold.add(hit);
    }
    try (LoadedProgram _ = trial.program()) {
      assertThat(hits(trial, datagrams(PACKETS))).isEqualTo(foretold);
    }
    assertThat(foretold.stream().filter(Boolean::booleanValue).count()).isBetween(880L, 1120L);
  }

  private static Percentage share(String text) {
    return Percentage.parse(text);
  }

  /// The transitions of netem's four states (loss_4state in net/sched/sch_netem.c), draw by draw.
  @Test
  void fourStatesAreTheChainThatJavaForetells() {
    ArmedTrial trial = Trial.of(FourStateLoss.parse("10%,40%,20%,60%,5%")).seed(6).alone();
    long key = DecisionKey.of(6, 0, 0, 0);
    List<Boolean> foretold = new ArrayList<>();
    int state = 1;
    for (int n = 0; n < PACKETS; n++) {
      double drawn = DecisionKey.draw(key ^ STEP_SALT, n) / 4294967296.0;
      state =
          switch (state) {
            case 1 -> drawn < 0.85 ? 1 : drawn < 0.95 ? 3 : 4;
            case 2 -> drawn < 0.4 ? 2 : 3;
            case 3 -> drawn < 0.4 ? 1 : drawn < 0.6 ? 2 : 3;
            default -> 1;
          };
      foretold.add(state >= 3);
    }
    try (LoadedProgram _ = trial.program()) {
      assertThat(hits(trial, datagrams(PACKETS))).isEqualTo(foretold);
    }
  }

  @Test
  void chainOfEachFlowIsItsOwn() {
    Fault fault = gilbertElliott("50%,1%");
    ArmedTrial trial = Trial.of(fault).seed(3).perFlow().alone();
    List<byte[]> packets = new ArrayList<>();
    flows(200).forEach(flow -> packets.addAll(List.of(flow, flow)));
    try (LoadedProgram _ = trial.program()) {
      List<Boolean> hits = hits(trial, packets);
      long first = IntStream.range(0, 200).filter(i -> hits.get(2 * i)).count();
      long second = IntStream.range(0, 200).filter(i -> hits.get(2 * i + 1)).count();
      assertThat(first).as("flows that turn bad at once").isBetween(60L, 140L);
      assertThat(second).as("flows that are bad at their second packet").isBetween(120L, 180L);
    }
  }

  @Test
  void gapKeepsHitsApart() {
    ArmedTrial trial = Trial.of(reorder("100%", 4)).dryRun().arm();
    assertThat(hits(trial, datagrams(9)))
        .containsExactly(false, false, false, true, false, false, false, true, false);
  }

  private static Fate fate(byte[] packet, TestContext context) {
    return Trial.of(new MtuBlackhole(1400)).arm().egress(packet, context).fate();
  }

  /// 20 or 40 bytes of IP, 8 of UDP.
  @Test
  void blackholeTakesWhatIsLargerThanTheMtu() {
    TestContext none = TestContext.EMPTY;
    assertThat(fate(packet(out4(), udp(1, 2), payload(1372)), none)).isEqualTo(Fate.PASSED);
    assertThat(fate(packet(out4(), udp(1, 2), payload(1373)), none)).isEqualTo(Fate.VANISHED);
    assertThat(fate(packet(vlan(7), out6(), udp(1, 2), payload(1352)), none))
        .isEqualTo(Fate.PASSED);
    assertThat(fate(packet(vlan(7), out6(), udp(1, 2), payload(1353)), none))
        .isEqualTo(Fate.VANISHED);
  }

  /// A large packet is judged by what it becomes on the wire: 20 bytes of IP, 20 of TCP.
  @Test
  void blackholeLooksAtSegments() {
    byte[] large = packet(out4(), tcp(TARGET_PORT, PEER_PORT), payload(2720));
    assertThat(fate(large, TestContext.EMPTY.withSegmentation(2, 1360, 0))).isEqualTo(Fate.PASSED);
    assertThat(fate(large, TestContext.EMPTY.withSegmentation(2, 1361, 0)))
        .isEqualTo(Fate.VANISHED);
  }
}
