// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.Injection;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What passes the hook twice, or leaves it changed, on each kernel: see [EveryKernelKernelIT].
class EveryKernelDamageKernelIT {
  private static final int PORT = 7004;
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  private Injection arm(Fault fault) {
    return Scenario.of(network, Scenario.peerPort(Direction.EGRESS, PORT), 42, fault).arm();
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void datagramsArriveTwiceOrDamaged(Family family) {
    int count = 200;
    try (UdpStream stream = UdpStream.toPeer(network, family, PORT, count)) {
      try (Injection injection = arm(new Duplicate(Percentage.ALL))) {
        stream.sender().pace(count, 500);
        stream.receiver().await(count, QUIET);
        assertThat(stream.receiver().twice()).isEqualTo(count);
        assertThat(Scenario.report(injection, Direction.EGRESS).counters().hit().packets())
            .isEqualTo(count);
      }
    }
    try (NativeSocket sender = NativeSocket.datagram(network.target(), family);
        Injection injection = arm(new Corrupt(Percentage.ALL, CorruptMode.DETECTABLE))) {
      long before = checksumErrors(family);
      sender.connect(new InetSocketAddress(network.peerAddress(family), PORT));
      for (int i = 0; i < count; i++) {
        sender.send(new byte[100]);
      }
      Pause.of(QUIET);
      assertThat(Scenario.report(injection, Direction.EGRESS).counters().hit().packets())
          .isEqualTo(count);
      assertThat(checksumErrors(family) - before)
          .as("where nobody listens the kernel sees the error first")
          .isEqualTo(count);
    }
  }

  private long checksumErrors(Family family) {
    return switch (family) {
      case IPV4 -> TestNetwork.counter(network.peer(), "Udp", "InCsumErrors");
      case IPV6 -> TestNetwork.counter(network.peer(), "Udp6", "InCsumErrors");
    };
  }
}
