// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.drop;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Faults.reject;
import static dev.squall.bpf.Faults.reset;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.arp;
import static dev.squall.bpf.packet.Packet.fragment;
import static dev.squall.bpf.packet.Packet.hopByHop;
import static dev.squall.bpf.packet.Packet.icmp;
import static dev.squall.bpf.packet.Packet.icmpv6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.routing;
import static dev.squall.bpf.packet.Packet.serviceVlan;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.fault.ResetEnd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Packets as no sender would send them: whole ones with bytes changed, and noise. A program either
/// hits such a packet and counts it, or leaves every bit of it as it was.
@NeedsBpf
class MutationKernelIT {
  private static final int PACKETS = 10_000;
  private static final int HEADERS = 90;

  /// The kernel hands over no shorter frame that claims to be IPv6.
  private static final int SHORTEST = 54;

  private static final List<byte[]> WHOLE =
      List.of(
          packet(out4(), tcp(1, 2), payload(200)),
          packet(out6(), tcp(1, 2).options(12), payload(200)),
          packet(out4().options(12), udp(1, 2), payload(200)),
          packet(out6(), udp(1, 2), payload(200)),
          packet(vlan(7), out4(), icmp(8), payload(56)),
          packet(serviceVlan(9), vlan(7), out6(), icmpv6(128), payload(56)),
          packet(out6(), hopByHop(), routing(), fragment(0, true), tcp(1, 2), payload(50)),
          packet(out4().fragment(0, true), udp(1, 2), payload(100)),
          packet(arp(Frames.TARGET, Frames.PEER)));

  static Stream<Arguments> faults() {
    Map<String, Trial> trials =
        Map.of(
            "loss", Trial.of(loss("100%")),
            "delay without a line", Trial.of(delay("1s")),
            "reset of the sender", Trial.of(reset(ResetEnd.SENDER)),
            "reset of the receiver", Trial.of(reset(ResetEnd.RECEIVER)),
            "partition", Trial.of(drop()),
            "partition with answers", Trial.of(reject()),
            "everything", Trial.of(loss("20%"), reset(ResetEnd.RECEIVER), drop()),
            "everything dry", Trial.of(loss("100%"), drop(), delay("1s")).dryRun());
    return trials.entrySet().stream()
        .flatMap(
            each ->
                Stream.of(FaultAbi.EGRESS, FaultAbi.INGRESS)
                    .map(direction -> Arguments.of(each.getKey(), direction, each.getValue())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("faults")
  void packetIsHitAndCountedOrNotTouched(String name, int direction, Trial sketch) {
    long seed = new Random().nextLong();
    RandomGenerator random = new Random(seed);
    ArmedTrial trial = sketch.arm();
    boolean dry = name.endsWith("dry");
    for (int n = 0; n < PACKETS; n++) {
      byte[] packet = random.nextInt(4) == 0 ? noise(random) : mutant(random);
      long before = hits(trial, direction);
      Fate fate = trial.pass(direction, packet, TestContext.EMPTY).fate();
      boolean counted = hits(trial, direction) > before;
      assertThat(fate == Fate.PASSED)
          .as("seed %d, packet %d: %s", seed, n, fate)
          .isEqualTo(dry || !counted);
    }
  }

  private static long hits(ArmedTrial trial, int direction) {
    long hits = 0;
    for (int rule = 0; rule < 3; rule++) {
      hits += trial.counts(direction, rule).hit().packets();
    }
    return hits;
  }

  private static byte[] mutant(RandomGenerator random) {
    byte[] packet = WHOLE.get(random.nextInt(WHOLE.size())).clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = 12 + random.nextInt(Math.min(packet.length, HEADERS) - 12);
      packet[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : packet[at] ^ 1);
    }
    int length = SHORTEST + random.nextInt(Math.max(1, packet.length - SHORTEST));
    return random.nextInt(3) == 0 ? Arrays.copyOf(packet, length) : packet;
  }

  private static byte[] noise(RandomGenerator random) {
    byte[] packet = new byte[SHORTEST + random.nextInt(200)];
    random.nextBytes(packet);
    packet[12] = (byte) (random.nextBoolean() ? 0x08 : 0x86);
    packet[13] = (byte) (packet[12] == 0x08 ? 0 : 0xdd);
    packet[14] = (byte) (packet[12] == 0x08 ? 0x45 : 0x60);
    return packet;
  }
}
