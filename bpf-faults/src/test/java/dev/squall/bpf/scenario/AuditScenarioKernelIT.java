// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Counters;
import dev.squall.fault.Delay;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.HitPacket;
import dev.squall.fault.Injection;
import dev.squall.fault.Loss;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Rate;
import dev.squall.fault.RuleReport;
import dev.squall.target.Direction;
import dev.squall.unit.BitRate;
import dev.squall.unit.Percentage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Records of every hit, of real packets: as many as were counted, and with the bytes that were
/// sent, whatever became of them.
class AuditScenarioKernelIT {
  private static final int PORT = 7060;
  private static final int DATAGRAMS = 60;
  private static final int PAYLOAD = 40;
  private static final int ETHERNET_HEADER = 14;
  private static final int UDP_HEADER = 8;

  /// The sender understands congestion marks, RFC 3168.
  private static final int ECT_0 = 2;

  private static final Duration QUIET = Duration.ofMillis(300);

  private final TestNetwork network = new TestNetwork();
  private final List<HitPacket> records = new ArrayList<>();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  private static Percentage share(String text) {
    return Percentage.parse(text);
  }

  private static Delay delay(int millis) {
    return new Delay(Duration.ofMillis(millis), null, false);
  }

  private static Rate rate(Duration backlog) {
    return new Rate(BitRate.parse("1mbit"), null, backlog);
  }

  /// Together, so that some packets are hit twice.
  static Stream<List<Fault>> faults() {
    return Stream.of(
        List.of(new Loss(share("50%"))),
        List.of(new Duplicate(share("50%"))),
        List.of(new Corrupt(share("100%"), CorruptMode.SILENT), new Loss(share("50%"))),
        List.of(new Corrupt(share("100%"), CorruptMode.DETECTABLE)),
        List.of(new Partition(PartitionMode.DROP)),
        List.of(new Partition(PartitionMode.REJECT)),
        List.of(delay(5), delay(6), delay(7)),
        List.of(delay(5), rate(Duration.ofSeconds(1))));
  }

  static Stream<Arguments> faultsEachWay() {
    return faults()
        .flatMap(
            faults ->
                Stream.of(Direction.EGRESS, Direction.INGRESS)
                    .flatMap(
                        direction ->
                            Stream.of(Family.values())
                                .map(family -> Arguments.of(faults, direction, family))));
  }

  @ParameterizedTest
  @MethodSource("faultsEachWay")
  void everyHitIsRecordedWithThePacketThatWasSent(
      List<Fault> faults, Direction direction, Family family) {
    Instant begin = Instant.now();
    List<RuleReport> reports = send(faults, direction, family);

    assertThat(reports)
        .allSatisfy(report -> assertThat(recordedBy(report)).isEqualTo(hits(report)));
    assertThat(reports.stream().mapToLong(AuditScenarioKernelIT::hits).sum()).isPositive();
    assertThat(records)
        .allSatisfy(
            record -> {
              assertSent(record.capture(), direction, family);
              assertThat(record.time()).isBetween(begin, Instant.now());
              assertThat(record.direction()).isEqualTo(direction);
              assertThat(record.frame().destination())
                  .isEqualTo(new HitPacket.End(receiver(direction, family), PORT));
            });
  }

  static Stream<Arguments> mechanismsAndFamilies() {
    return Mechanism.present()
        .flatMap(name -> Stream.of(Family.values()).map(family -> Arguments.of(name, family)));
  }

  @ParameterizedTest
  @MethodSource("mechanismsAndFamilies")
  void recordIsFromBeforeTheCongestionMarkAndNothingRefusedIsRecorded(
      String mechanism, Family family) {
    try (Mechanism _ = Mechanism.of(mechanism)) {
      List<RuleReport> reports =
          send(List.of(rate(Duration.ofMillis(10))), Direction.EGRESS, family);
      Counters counters = reports.getFirst().counters();

      assertThat(counters.others().marked()).isPositive();
      assertThat(counters.overflow()).isPositive();
      assertThat(records).hasSize((int) counters.hit().packets());
      assertThat(records)
          .allSatisfy(record -> assertSent(record.capture(), Direction.EGRESS, family));
    }
  }

  private List<RuleReport> send(List<Fault> faults, Direction direction, Family family) {
    NetworkNamespace from = direction == Direction.EGRESS ? network.target() : network.peer();
    try (NativeSocket socket = NativeSocket.datagram(from, family);
        Injection injection =
            Scenario.of(
                    network,
                    Scenario.destinationPort(direction, PORT),
                    1,
                    faults.toArray(Fault[]::new))
                .armRecordingEveryHit()) {
      understandMarks(socket, family);
      socket.connect(new InetSocketAddress(receiver(direction, family), PORT));
      for (int number = 0; number < DATAGRAMS; number++) {
        socket.send(payload(number));
      }
      Pause.of(QUIET);
      injection.disarm();
      assertThat(injection.drainHits(records::add)).isZero();
      return injection.report();
    }
  }

  private InetAddress receiver(Direction direction, Family family) {
    return direction == Direction.EGRESS
        ? network.peerAddress(family)
        : network.targetAddress(family);
  }

  /// IP_TOS and IPV6_TCLASS.
  private static void understandMarks(NativeSocket socket, Family family) {
    switch (family) {
      case IPV4 -> socket.option(0, 1, ECT_0);
      case IPV6 -> socket.option(41, 67, ECT_0);
    }
  }

  private static byte[] payload(int number) {
    byte[] payload = new byte[PAYLOAD];
    Arrays.fill(payload, (byte) number);
    return payload;
  }

  private static void assertSent(HitPacket.Capture capture, Direction direction, Family family) {
    int ipHeader = family == Family.IPV4 ? 20 : 40;
    byte[] bytes = capture.bytes();
    int payload = ETHERNET_HEADER + ipHeader + UDP_HEADER;

    assertThat(bytes).hasSize(payload + PAYLOAD);
    assertThat(capture.length()).isEqualTo(bytes.length);
    assertThat(trafficClass(bytes, family)).isEqualTo(ECT_0);
    assertThat(bytes[payload - UDP_HEADER + 2] << 8 | Byte.toUnsignedInt(bytes[payload - 5]))
        .as("destination port, %s", direction)
        .isEqualTo(PORT);
    assertThat(Arrays.copyOfRange(bytes, payload, bytes.length)).isEqualTo(payload(bytes[payload]));
  }

  private static int trafficClass(byte[] bytes, Family family) {
    int first = Byte.toUnsignedInt(bytes[ETHERNET_HEADER]);
    int second = Byte.toUnsignedInt(bytes[ETHERNET_HEADER + 1]);
    return family == Family.IPV4 ? second : (first << 4 | second >> 4) & 0xff;
  }

  private long recordedBy(RuleReport report) {
    return records.stream().filter(record -> record.fault().equals(report.fault())).count();
  }

  private static long hits(RuleReport report) {
    return report.counters().hit().packets();
  }
}
