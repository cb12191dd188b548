// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Counters;
import dev.squall.fault.Injection;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Flipped bits as sockets see them: what the kernel of the receiver notices, and what it does not.
class CorruptScenarioKernelIT {
  private static final int DATAGRAMS = 500;
  private static final int PAYLOAD = 101;
  private static final int PORT = 7000;

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  static Stream<Arguments> waysAndOffloads() {
    return Stream.of(Direction.EGRESS, Direction.INGRESS)
        .flatMap(
            direction ->
                Stream.of(Family.values())
                    .flatMap(
                        family ->
                            Stream.of(true, false)
                                .map(offload -> Arguments.of(direction, family, offload))));
  }

  private static Corrupt corrupt(String share, CorruptMode mode) {
    return new Corrupt(Percentage.parse(share), mode);
  }

  private static long badDatagrams(NetworkNamespace host) {
    return TestNetwork.counter(host, "Udp", "InCsumErrors")
        + TestNetwork.counter(host, "Udp6", "InCsumErrors");
  }

  /// Datagrams of zeros, one after the other.
  ///
  /// @return for each that came the number of bits that are not zero
  private long[] exchange(Direction direction, Family family) {
    boolean out = direction == Direction.EGRESS;
    InetSocketAddress place =
        new InetSocketAddress(
            out ? network.peerAddress(family) : network.targetAddress(family), PORT);
    NetworkNamespace from = out ? network.target() : network.peer();
    NetworkNamespace to = out ? network.peer() : network.target();
    try (NativeSocket receiver = NativeSocket.datagram(to, family).withRoom(1 << 26).bind(place);
        NativeSocket sender = NativeSocket.datagram(from, family)) {
      assertThat(sender.connect(place)).isZero();
      for (int i = 0; i < DATAGRAMS; i++) {
        assertThat(sender.send(new byte[PAYLOAD])).isEqualTo(PAYLOAD);
      }
      receiver.patience(Duration.ofMillis(300));
      return receiver.receiveAll().stream().mapToLong(CorruptScenarioKernelIT::bits).toArray();
    }
  }

  private static long bits(byte[] bytes) {
    long bits = 0;
    for (byte each : bytes) {
      bits += Integer.bitCount(Byte.toUnsignedInt(each));
    }
    return bits;
  }

  @ParameterizedTest
  @MethodSource("waysAndOffloads")
  void silentFlipsOneBitOfEachDatagramAndNobodyNotices(
      Direction direction, Family family, boolean offload) {
    network.offloadChecksums(offload);
    Corrupt fault = corrupt("100%", CorruptMode.SILENT);
    try (Injection injection = Scenario.of(network, Scenario.udp(direction), 1, fault).arm()) {
      assertThat(exchange(direction, family)).hasSize(DATAGRAMS).containsOnly(1);
      assertThat(Scenario.report(injection, direction).counters().hit().packets())
          .isEqualTo(DATAGRAMS);
      assertThat(badDatagrams(network.target()) + badDatagrams(network.peer())).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndOffloads")
  void detectableIsDroppedByTheChecksumOfTheReceiver(
      Direction direction, Family family, boolean offload) {
    network.offloadChecksums(offload);
    Corrupt fault = corrupt("100%", CorruptMode.DETECTABLE);
    try (Injection injection = Scenario.of(network, Scenario.udp(direction), 1, fault).arm()) {
      assertThat(exchange(direction, family)).isEmpty();
      assertThat(Scenario.report(injection, direction).counters().hit().packets())
          .isEqualTo(DATAGRAMS);
      NetworkNamespace receiver = direction == Direction.EGRESS ? network.peer() : network.target();
      assertThat(badDatagrams(receiver)).isEqualTo(DATAGRAMS);
    }
  }

  /// The stream is zeros, so each bit that is set was flipped on its way. A segment that was sent
  /// again arrives twice, and the reader gets one of the two: on a busy machine TCP does that
  /// without any loss.
  @ParameterizedTest
  @MethodSource("waysAndOffloads")
  void silentReachesTheReaderOfAStream(Direction direction, Family family, boolean offload) {
    network.offloadChecksums(offload);
    Corrupt fault = corrupt("10%", CorruptMode.SILENT);
    try (TcpFlow flow = flow(direction, family);
        Injection injection =
            Scenario.of(network, Scenario.destinationPort(direction, PORT), 1, fault).arm()) {
      ByteCount count = transfer(flow);
      Counters counters = Scenario.report(injection, direction).counters();
      assertThat(count.bytes()).isEqualTo(ByteCount.SENT);
      long again = flow.client().tcpInfo().retransmitted();
      long hit = counters.hit().packets();
      assertThat(count.bits()).isPositive().isBetween(hit - again, hit);
      assertThat(badSegments()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndOffloads")
  void detectableIsSentAgainByTcp(Direction direction, Family family, boolean offload) {
    network.offloadChecksums(offload);
    Corrupt fault = corrupt("2%", CorruptMode.DETECTABLE);
    try (TcpFlow flow = flow(direction, family);
        Injection injection =
            Scenario.of(network, Scenario.destinationPort(direction, PORT), 1, fault).arm()) {
      ByteCount count = transfer(flow);
      Counters counters = Scenario.report(injection, direction).counters();
      assertThat(count.bytes()).isEqualTo(ByteCount.SENT);
      assertThat(count.bits()).as("what is wrong does not arrive").isZero();
      assertThat(badSegments()).isEqualTo(counters.hit().packets()).isPositive();
      assertThat(counters.matched().packets())
          .as("each segment is decided on")
          .isEqualTo(counters.matched().segments());
    }
  }

  private TcpFlow flow(Direction direction, Family family) {
    return direction == Direction.EGRESS
        ? TcpFlow.toPeer(network, family, PORT)
        : TcpFlow.toTarget(network, family, PORT);
  }

  private long badSegments() {
    return TestNetwork.counter(network.target(), "Tcp", "InCsumErrors")
        + TestNetwork.counter(network.peer(), "Tcp", "InCsumErrors");
  }

  /// What came of a stream.
  ///
  /// @param bits that are not zero
  private record ByteCount(long bytes, long bits) {
    static final long SENT = 4_000_000;
  }

  private static ByteCount transfer(TcpFlow flow) {
    Thread writer =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  long sent = 0;
                  while (sent < ByteCount.SENT) {
                    sent += flow.client().send(new byte[40_000]);
                  }
                  flow.client().shutdownOutput();
                });
    flow.server().patience(Duration.ofSeconds(10));
    long bytes = 0;
    long bits = 0;
    for (byte[] part = flow.server().read(); part.length > 0; part = flow.server().read()) {
      bytes += part.length;
      bits += bits(part);
    }
    Pause.untilEnd(writer);
    return new ByteCount(bytes, bits);
  }
}
