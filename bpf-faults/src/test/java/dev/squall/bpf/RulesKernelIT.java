// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Frames.in4;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.packet.Packet.icmp;
import static dev.squall.bpf.packet.Packet.icmpv6;
import static dev.squall.bpf.packet.Packet.ipv4;
import static dev.squall.bpf.packet.Packet.ipv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.packet.Layer;
import dev.squall.bpf.program.ManyRules;
import dev.squall.bpf.program.Subject;
import dev.squall.bpf.program.WaitPlan;
import dev.squall.fault.Loss;
import dev.squall.target.TcpFlag;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many rules at once. All of them only count, so that each has its say on every packet.
@NeedsBpf
class RulesKernelIT {
  private static final int TABLES = 40;
  private static final int PACKETS = 250;

  @Test
  void eachOfSixtyFourRulesInEachDirectionCountsItsOwnPackets() {
    ArmedTrial trial = ArmedTrial.of(ManyRules.eachOnItsOwnPort().table(), WaitPlan.none());
    for (int bit = 0; bit < FaultAbi.RULES; bit++) {
      for (int times = 0; times <= bit; times++) {
        trial.egress(packet(out4(), udp(1, 1000 + bit)));
      }
      trial.ingress(packet(in4(), tcp(1000 + bit, 1)));
    }
    for (int bit = 0; bit < FaultAbi.RULES; bit++) {
      assertThat(trial.counts(FaultAbi.EGRESS, bit).hit().packets()).isEqualTo(bit + 1);
      assertThat(trial.counts(FaultAbi.INGRESS, bit).hit().packets()).isEqualTo(1);
    }
  }

  @Test
  void sixtyFourRulesForOnePacketAllCountIt() {
    Loss[] faults = new Loss[FaultAbi.RULES];
    Arrays.fill(faults, Faults.loss("100%"));
    ArmedTrial trial = Trial.of(faults).dryRun().arm();
    assertThat(trial.egress(Frames.datagram()).fate()).isEqualTo(Fate.PASSED);
    for (int bit = 0; bit < FaultAbi.RULES; bit++) {
      assertThat(trial.counts(FaultAbi.EGRESS, bit).hit().packets()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rulesAtRandomMatchAsASlowAndPlainReadingOfThemDoes(boolean sparing) {
    Random seeds = new Random();
    for (int i = 0; i < TABLES; i++) {
      long seed = seeds.nextLong();
      Random random = new Random(seed);
      ManyRules rules = ManyRules.random(random, sparing);
      ArmedTrial trial = ArmedTrial.of(rules.table(), WaitPlan.none());
      for (int n = 0; n < PACKETS; n++) {
        Subject subject = randomSubject(random);
        assertThat(counting(trial, subject))
            .as("seed %d, packet %d: %s", seed, n, subject)
            .isEqualTo(rules.satisfiedBy(subject));
      }
    }
  }

  private static Subject randomSubject(Random random) {
    return new Subject(
        random.nextInt(2),
        random.nextInt(4),
        ManyRules.randomAddress(random),
        1 + random.nextInt(10),
        1 + random.nextInt(10),
        random.nextInt(256));
  }

  /// The rules whose counter moved.
  private static Set<Integer> counting(ArmedTrial trial, Subject subject) {
    long[] before = hits(trial, subject.direction());
    Passage passage = trial.pass(subject.direction(), frame(subject), TestContext.EMPTY);
    assertThat(passage.fate()).isEqualTo(Fate.PASSED);
    long[] after = hits(trial, subject.direction());
    Set<Integer> moved = new TreeSet<>();
    for (int bit = 0; bit < after.length; bit++) {
      if (after[bit] != before[bit]) {
        moved.add(bit);
      }
    }
    return moved;
  }

  private static long[] hits(ArmedTrial trial, int direction) {
    long[] hits = new long[FaultAbi.RULES];
    for (int bit = 0; bit < hits.length; bit++) {
      hits[bit] = trial.counts(direction, bit).hit().packets();
    }
    return hits;
  }

  private static byte[] frame(Subject subject) {
    boolean leaves = subject.direction() == FaultAbi.EGRESS;
    int source = leaves ? subject.localPort() : subject.peerPort();
    int destination = leaves ? subject.peerPort() : subject.localPort();
    boolean four = subject.peer() instanceof Inet4Address;
    Layer transport =
        switch (subject.protocol()) {
          case 0 -> tcp(source, destination).flags(flags(subject.flags()));
          case 1 -> udp(source, destination);
          case 2 -> four ? icmp(8) : icmpv6(128);
          default -> payload(20);
        };
    return packet(ip(subject.peer(), leaves), transport, payload(4));
  }

  private static Layer ip(InetAddress peer, boolean leaves) {
    String there = peer.getHostAddress();
    if (peer instanceof Inet4Address) {
      return leaves ? ipv4(Frames.TARGET, there) : ipv4(there, Frames.TARGET);
    }
    return leaves ? ipv6(Frames.TARGET6, there) : ipv6(there, Frames.TARGET6);
  }

  private static TcpFlag[] flags(int bits) {
    return Arrays.stream(TcpFlag.values())
        .filter(flag -> (bits & flag.bit()) != 0)
        .toArray(TcpFlag[]::new);
  }
}
