// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.controller.Pace.Turns;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final Pace pace = new Pace(clock::get);
  private final Turns turns = pace.initState();

  private void pass(Duration duration) {
    clock.addAndGet(duration.toNanos());
  }

  private Optional<Duration> limit() {
    return pace.isLimited(turns);
  }

  private void useUp() {
    for (int i = 0; i < Pace.AT_ONCE; i++) {
      assertThat(limit()).isEmpty();
    }
  }

  @Test
  void someTurnsComeAtOnce() {
    useUp();
    assertThat(limit()).contains(Pace.BETWEEN);
  }

  @Test
  void whoWaitsAsLongAsItSaysHasATurn() {
    useUp();
    pass(Duration.ofMillis(150));
    assertThat(limit()).contains(Duration.ofMillis(50));
    pass(Duration.ofMillis(50));
    assertThat(limit()).isEmpty();
    assertThat(limit()).contains(Pace.BETWEEN);
  }

  @Test
  void inTheLongRunThereAreFiveInASecond() {
    useUp();
    int count = 0;
    for (int i = 0; i < 1000; i++) {
      pass(Duration.ofMillis(10));
      count += limit().isEmpty() ? 1 : 0;
    }
    assertThat(count).isEqualTo(50);
  }

  @Test
  void afterARestSomeComeAtOnceAgain() {
    useUp();
    pass(Duration.ofMinutes(1));
    useUp();
    assertThat(limit()).isPresent();
  }
}
