// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.corrupt;
import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.drop;
import static dev.squall.bpf.Faults.duplicate;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Faults.rate;
import static dev.squall.bpf.Faults.reject;
import static dev.squall.bpf.Faults.reset;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.arp;
import static dev.squall.bpf.packet.Packet.data;
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
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.libbpf.TestRun;
import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.packet.ClientHello;
import dev.squall.bpf.packet.DnsMessage;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.ResetEnd;
import dev.squall.target.TcpFlag;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Packets as no sender would send them: whole ones with bytes changed, and noise, a million for
/// each program. A program either hits such a packet and counts it, or leaves every bit of it as it
/// was.
@NeedsBpf
class MutationKernelIT {
  /// In each direction, and at each device; fewer where everything is slow.
  private static final int PACKETS = Integer.getInteger("squall.mutants", 1_000_000);

  private static final int HEADERS = 90;
  private static final int DROP = 2;

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
          packet(out4(), udp(53, 4000), data(DnsMessage.answer("www.example.com").bytes())),
          packet(out6(), udp(4000, 53), data(DnsMessage.query("a.b.example").bytes())),
          packet(out4(), tcp(1, 443).flags(TcpFlag.ACK), data(ClientHello.to("a.example"))),
          packet(arp(Frames.TARGET, Frames.PEER)));

  /// Copies of packets go nowhere: all that there is here is an interface that is down.
  private static final NetworkNamespace EMPTY = NetworkNamespace.anonymous();

  @AfterAll
  static void close() {
    EMPTY.close();
  }

  /// By name; where it begins with `unchanged`, packets that are hit pass as they are.
  private static final Map<String, Trial> TRIALS =
      Map.ofEntries(
          Map.entry("loss", Trial.of(loss("100%"))),
          Map.entry(
              "delay and rate without a line", Trial.of(delay("1s"), rate("1gbit", null, "10s"))),
          Map.entry("reset of the sender", Trial.of(reset(ResetEnd.SENDER))),
          Map.entry("reset of the receiver", Trial.of(reset(ResetEnd.RECEIVER))),
          Map.entry("partition", Trial.of(drop())),
          Map.entry("partition with answers", Trial.of(reject())),
          Map.entry("corruption, silent", Trial.of(corrupt("100%", CorruptMode.SILENT))),
          Map.entry("unchanged: duplicates", Trial.of(duplicate("100%"))),
          Map.entry("names", Trial.of(new DnsFailure(DnsFailure.Outcome.NXDOMAIN, List.of()))),
          Map.entry("flows by server", Trial.of(loss("100%")).serverNames("*.example", "a*")),
          Map.entry("flows by place", Trial.of(loss("100%")).after("2").first("1MiB")),
          Map.entry("everything", Trial.of(loss("20%"), reset(ResetEnd.RECEIVER), drop())),
          Map.entry("unchanged: dry", Trial.of(loss("100%"), drop(), delay("1s")).dryRun()));

  static Stream<Arguments> faults() {
    return TRIALS.keySet().stream()
        .flatMap(
            name ->
                Stream.of(FaultAbi.EGRESS, FaultAbi.INGRESS)
                    .map(direction -> Arguments.of(name, direction)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("faults")
  void packetIsHitAndCountedOrNotTouched(String name, int direction) {
    EMPTY.run(() -> feed(name, direction));
  }

  /// On an object of its own where it remembers flows, which are nobody else's.
  private static void feed(String name, int direction) {
    Trial sketch = Objects.requireNonNull(TRIALS.get(name));
    if (name.startsWith("flows")) {
      ArmedTrial alone = sketch.alone();
      try (LoadedProgram _ = alone.program()) {
        feed(name, direction, alone);
      }
    } else {
      feed(name, direction, sketch.arm());
    }
  }

  private static void feed(String name, int direction, ArmedTrial trial) {
    long seed = new Random().nextLong();
    RandomGenerator random = new Random(seed);
    boolean dry = name.startsWith("unchanged");
    for (int n = 0; n < PACKETS / TRIALS.size(); n++) {
      byte[] packet = random.nextInt(4) == 0 ? noise(random) : mutant(random);
      long before = hits(trial, direction);
      Fate fate = trial.pass(direction, packet, TestContext.EMPTY).fate();
      boolean counted = hits(trial, direction) > before;
      assertThat(fate == Fate.PASSED)
          .as("%s, seed %d, packet %d: %s", name, seed, n, fate)
          .isEqualTo(dry || !counted);
    }
  }

  /// What comes to the devices is a packet of ours or nobody's.
  @ParameterizedTest
  @ValueSource(strings = {"squall_far", "squall_near", "squall_mirror", "squall_back"})
  void devicesSendOnOrDropAndChangeNothing(String name) {
    long seed = new Random().nextLong();
    RandomGenerator random = new Random(seed);
    Trial sketch = Trial.of(delay("1s"), loss("1%")).perSegment();
    ArmedTrial trial = sketch.alone();
    try (LoadedProgram own = trial.program()) {
      BpfProgram program = own.program(name);
      for (int n = 0; n < PACKETS; n++) {
        byte[] packet = random.nextInt(4) == 0 ? noise(random) : mutant(random);
        TestRun run = program.testRun(packet, TestContext.EMPTY, 1);
        assertThat(run.verdict()).as("seed %d, packet %d", seed, n).isEqualTo(DROP);
        assertThat(run.packet()).as("seed %d, packet %d", seed, n).isEqualTo(packet);
      }
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
