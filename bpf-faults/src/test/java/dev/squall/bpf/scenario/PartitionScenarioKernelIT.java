// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static dev.squall.bpf.scenario.NativeSocket.ECONNREFUSED;
import static dev.squall.bpf.scenario.NativeSocket.ECONNRESET;
import static dev.squall.bpf.scenario.NativeSocket.EINPROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.fault.Fault;
import dev.squall.fault.Injection;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.target.Direction;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Partitions as the sockets of both hosts see them.
class PartitionScenarioKernelIT {
  private static final int PORT = 7003;
  private static final int SILENT_PORT = 7004;
  private static final Fault DROP = new Partition(PartitionMode.DROP);
  private static final Fault REJECT = new Partition(PartitionMode.REJECT);
  private static final Duration AWHILE = Duration.ofMillis(200);
  private static final Figures FIGURES = new Figures("Partition");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  @ParameterizedTest
  @CsvSource({
    "IPV4, EGRESS",
    "IPV4, INGRESS",
    "IPV4, BOTH",
    "IPV6, EGRESS",
    "IPV6, INGRESS",
    "IPV6, BOTH"
  })
  void dropSilencesTheGivenDirectionAndNoOther(Family family, Direction direction) {
    try (UdpStream out = UdpStream.toPeer(network, family, PORT, 10);
        UdpStream in = UdpStream.toTarget(network, family, PORT, 10);
        TcpListener listener = TcpListener.atPeer(network, family, PORT)) {
      try (Injection _ = partition(DROP, direction)) {
        out.sender().blast(5);
        in.sender().blast(5);
        int told = listener.connectFrom(network.target(), AWHILE);

        assertThat(told).as("half a handshake").isEqualTo(-EINPROGRESS);
        long expectedOut = direction.includes(Direction.EGRESS) ? 0 : 5;
        long expectedIn = direction.includes(Direction.INGRESS) ? 0 : 5;
        assertThat(out.receiver().await(5, AWHILE).received()).isEqualTo(expectedOut);
        assertThat(in.receiver().await(5, AWHILE).received()).isEqualTo(expectedIn);
      }
      assertThat(listener.connectFrom(network.target(), AWHILE)).as("afterwards").isZero();
    }
  }

  private Injection partition(Fault partition, Direction direction) {
    return Scenario.of(network, Scenario.everything(direction), 1, partition).arm();
  }

  @ParameterizedTest
  @CsvSource({
    "IPV4, EGRESS, true", "IPV4, EGRESS, false", "IPV4, INGRESS, true", "IPV4, INGRESS, false",
    "IPV6, EGRESS, true", "IPV6, EGRESS, false", "IPV6, INGRESS, true", "IPV6, INGRESS, false"
  })
  void rejectTellsTheSenderAtOnce(Family family, Direction direction, boolean offload) {
    network.offloadChecksums(offload);
    boolean targetSends = direction == Direction.EGRESS;
    NetworkNamespace sender = targetSends ? network.target() : network.peer();
    try (TcpFlow flow =
            targetSends
                ? TcpFlow.toPeer(network, family, PORT)
                : TcpFlow.toTarget(network, family, PORT);
        TcpListener listener =
            targetSends
                ? TcpListener.atPeer(network, family, PORT)
                : TcpListener.atTarget(network, family, PORT);
        NativeSocket datagrams = NativeSocket.datagram(sender, family);
        Injection _ = partition(REJECT, direction)) {
      assertThat(listener.connectFrom(sender, AWHILE)).isEqualTo(-ECONNREFUSED);

      assertThat(flow.client().send(new byte[1])).isEqualTo(1);
      assertThat(flow.client().receive()).isEqualTo(-ECONNRESET);

      assertThat(datagrams.connect(listener.place())).isZero();
      assertThat(datagrams.send(new byte[1])).isEqualTo(1);
      assertThat(datagrams.receive()).isEqualTo(-ECONNREFUSED);
      flow.server().patience(AWHILE);
      assertThat(flow.server().receive()).as("the other end").isEqualTo(-Errno.EAGAIN);
    }
    assertNoWrongChecksums(sender);
  }

  private static void assertNoWrongChecksums(NetworkNamespace host) {
    for (String group : List.of("Tcp", "Icmp")) {
      assertThat(TestNetwork.counter(host, group, "InCsumErrors")).as(group).isZero();
    }
    assertThat(TestNetwork.counter(host, "Icmp6", "InErrors")).as("Icmp6").isZero();
  }

  @ParameterizedTest
  @CsvSource({"IPV4, EGRESS", "IPV4, INGRESS", "IPV6, EGRESS", "IPV6, INGRESS"})
  void rejectAnswersAtMostAThousandTimesASecond(Family family, Direction direction) {
    boolean targetSends = direction == Direction.EGRESS;
    NetworkNamespace host = targetSends ? network.target() : network.peer();
    InetSocketAddress place =
        new InetSocketAddress(
            targetSends ? network.peerAddress(family) : network.targetAddress(family), SILENT_PORT);
    int seconds = 2;
    try (UdpSender sender = new UdpSender(host, family, place);
        Injection injection = Scenario.of(network, Scenario.udp(direction), 1, REJECT).arm()) {
      List<Sample> samples = new ArrayList<>();
      Thread flood =
          Thread.ofPlatform().start(() -> sender.paceBursts(seconds * 10_000L, 10_000, 10));
      while (flood.isAlive()) {
        samples.add(Sample.take(() -> unreachables(host, family)));
        Pause.of(Duration.ofMillis(10));
      }
      long hit = Scenario.report(injection, direction).counters().hit().packets();
      long most = mostInASecond(samples);
      FIGURES.add(
          Figures.format("reject, 10,000 datagrams/s, %s, %s", direction, family),
          Figures.format(
              "%,d answers to %,d datagrams; at most %,d in any second",
              samples.getLast().count(), hit, most),
          "1,000 in a second");
      assertThat(hit).isEqualTo(seconds * 10_000L);
      assertThat(samples.getLast().count()).isGreaterThan(1500);
      assertThat(most).isLessThanOrEqualTo(1000);
    }
  }

  private static long unreachables(NetworkNamespace host, Family family) {
    String group = family == Family.IPV4 ? "Icmp" : "Icmp6";
    return TestNetwork.counter(host, group, "InDestUnreachs");
  }

  /// A count that was read between two moments.
  private record Sample(long begin, long count, long end) {
    private static Sample take(LongSupplier counter) {
      long begin = System.nanoTime();
      long count = counter.getAsLong();
      return new Sample(begin, count, System.nanoTime());
    }
  }

  private static long mostInASecond(List<Sample> samples) {
    long most = 0;
    for (Sample first : samples) {
      for (Sample last : samples) {
        if (last.end() - first.begin() <= 1_000_000_000L) {
          most = Math.max(most, last.count() - first.count());
        }
      }
    }
    return most;
  }
}
