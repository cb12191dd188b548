// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.KernelRunRegistry;
import dev.squall.fault.Adjustment;
import dev.squall.fault.Adjustment.Kind;
import dev.squall.fault.Injection;
import dev.squall.fault.Loss;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.RuleReport;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Shares that are changed while a fault runs, as another process would do it.
class AdjustScenarioKernelIT {
  private static final int PORT = 7070;
  private static final Duration QUIET = Duration.ofMillis(300);

  private final TestNetwork network = new TestNetwork();
  private final KernelRunRegistry registry = new KernelRunRegistry();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  private int adjust(Kind kind, String share) {
    String target = network.targetName();
    String id =
        registry.runs().stream()
            .filter(run -> run.places().stream().anyMatch(place -> place.contains(target)))
            .findFirst()
            .orElseThrow()
            .id();
    return registry.adjust(id, new Adjustment(kind, Percentage.parse(share)));
  }

  @Test
  void packetsMeetTheNewShareFromTheNextOneOn() {
    try (UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, 3000);
        Injection injection =
            Scenario.of(
                    network,
                    Scenario.udp(Direction.EGRESS),
                    1,
                    new Loss(Percentage.parse("0.001%")))
                .arm()) {
      stream.sender().blast(1000);
      assertThat(adjust(Kind.LOSS, "100%")).as("rules that were changed").isEqualTo(1);
      stream.sender().blast(1000);
      assertThat(adjust(Kind.LOSS, "0.001%")).isEqualTo(1);
      stream.sender().blast(1000);
      stream.receiver().await(2000, QUIET);

      assertThat(stream.receiver().lost(3000)).as("of the middle thousand").contains(true);
      for (int n = 1000; n < 2000; n++) {
        assertThat(stream.receiver().has(n)).as("datagram %d", n).isFalse();
      }
      assertThat(stream.receiver().received()).isGreaterThan(1990);
      RuleReport report = Scenario.report(injection, Direction.EGRESS);
      assertThat(report.counters().matched().packets()).as("it goes on counting").isEqualTo(3000);
      assertThat(report.fault()).isEqualTo(new Loss(Percentage.parse("0.001%")));
      adjust(Kind.LOSS, "12.5%");
      assertThat(Scenario.report(injection, Direction.EGRESS).fault())
          .as("the owner sees what was changed")
          .isEqualTo(new Loss(Percentage.parse("12.5%")));
    }
  }

  /// Nothing would arrive either way, so whatever arrives came through a gap.
  @Test
  void thereIsNoGapWhenTheShareChanges() {
    int count = 200_000;
    try (UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, count);
        Injection _ =
            Scenario.of(network, Scenario.udp(Direction.EGRESS), 1, new Loss(Percentage.ALL))
                .arm()) {
      Thread sender = Thread.ofPlatform().start(() -> stream.sender().blast(count));
      int changes = 0;
      while (sender.isAlive()) {
        adjust(Kind.LOSS, changes++ % 2 == 0 ? "99.9999999%" : "100%");
      }
      Pause.untilEnd(sender);
      stream.receiver().await(count, QUIET);
      assertThat(changes).isGreaterThan(2);
      assertThat(stream.receiver().received()).isZero();
    }
  }

  @Test
  void whatHasNoShareIsNotTouched() {
    Partition drop = new Partition(PartitionMode.DROP);
    try (Injection _ = Scenario.of(network, Scenario.udp(Direction.BOTH), 1, drop).arm()) {
      for (Kind kind : Kind.values()) {
        assertThat(adjust(kind, "5%")).isZero();
      }
    }
  }
}
