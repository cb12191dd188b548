// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Injection;
import dev.squall.fault.InjectionStatus;
import dev.squall.fault.Loss;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A deadline that is moved while the fault is on.
class DeadlineScenarioKernelIT {
  private static final int PORT = 7009;

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  private Injection loss() {
    Loss everything = new Loss(Percentage.parse("100%"));
    return Scenario.of(network, Scenario.udp(Direction.EGRESS), 1, everything).arm();
  }

  private boolean arrives() {
    InetSocketAddress place = new InetSocketAddress(network.peerAddress(Family.IPV4), PORT);
    try (NativeSocket receiver = NativeSocket.datagram(network.peer(), Family.IPV4).bind(place);
        NativeSocket sender = NativeSocket.datagram(network.target(), Family.IPV4)) {
      assertThat(sender.connect(place)).isZero();
      assertThat(sender.send(new byte[1])).isOne();
      receiver.patience(Duration.ofMillis(100));
      return !receiver.receiveAll().isEmpty();
    }
  }

  @Test
  void anEarlierOneEndsTheFaultAndALaterOneDoesNotBringItBack() {
    try (Injection injection = loss()) {
      assertThat(arrives()).isFalse();
      injection.endIn(Duration.ofMillis(500));
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(this::arrives);
      assertThat(injection.status()).isEqualTo(InjectionStatus.EXPIRED);
      injection.endIn(Duration.ofMinutes(1));
      assertThat(injection.status()).isEqualTo(InjectionStatus.EXPIRED);
      assertThat(arrives()).isTrue();
    }
  }

  @Test
  void aLaterOneKeepsItOn() throws InterruptedException {
    try (Injection injection = loss()) {
      injection.endIn(Duration.ofSeconds(1));
      injection.endIn(Duration.ofSeconds(30));
      Thread.sleep(1_500);
      assertThat(injection.status()).isEqualTo(InjectionStatus.ACTIVE);
      assertThat(arrives()).isFalse();
    }
  }
}
