// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.controller.select.ChosenPods;
import dev.squall.operator.controller.view.GivenPods;
import dev.squall.operator.controller.view.PodRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunClockTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static Duration lead(int nodes, int podsOnEach) {
    List<PodRecord> pods = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      for (int pod = 0; pod < podsOnEach; pod++) {
        pods.add(GivenPods.running("web-%d-%d".formatted(node, pod), "n" + node, "10.0.0.1"));
      }
    }
    return Lead.of(List.of(new ChosenPods(pods, pods.size(), List.of())));
  }

  private static Duration ahead(Duration duration, Duration lead) {
    return Duration.between(NOON, RunClock.beginning(NOON, NOON, duration, lead).startAt());
  }

  @Test
  void onePodBeginsInLessThanHalfASecond() {
    assertThat(lead(1, 1)).isBetween(Duration.ofMillis(300), Duration.ofMillis(500));
  }

  @Test
  void manyNodesAndPodsGetTheTimeThatTheyNeedButNoMoreThanFiveSeconds() {
    assertThat(lead(2, 10)).isEqualTo(Duration.ofMillis(350 + 16 + 500));
    assertThat(lead(300, 20)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    assertThat(lead(300, 100)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aShortExperimentHasAtLeastHalfOfItsTime() {
    assertThat(ahead(Duration.ofSeconds(1), Duration.ofSeconds(5)))
        .isEqualTo(Duration.ofMillis(500));
    assertThat(ahead(Duration.ofMinutes(1), Duration.ofSeconds(5)))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(ahead(null, Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
  }
}
