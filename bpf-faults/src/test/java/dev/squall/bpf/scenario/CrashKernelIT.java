// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Owners of faults that die or stop at a random moment.
class CrashKernelIT {
  private static final int KILLS = 200;
  private static final long PROMISE_NANOS = 100_000_000;
  private static final Figures FIGURES = new Figures("Crash");

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  @Test
  void trafficIsNormalWithinATenthOfASecondAfterAKill() {
    List<CrashSite.Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
    Together.run(
        () -> killAll(outcomes, "loss:100%", "partition:drop"),
        () -> killAll(outcomes, "delay:50ms", "reset:100%"));
    long[] recoveries =
        outcomes.stream().mapToLong(CrashSite.Outcome::recoveryNanos).sorted().toArray();
    long late = outcomes.stream().filter(outcome -> outcome.looks() > 1).count();
    FIGURES.add(
        KILLS + " times kill -9: traffic normal after",
        quantiles(recoveries),
        "p99 ≤ 100 ms");
    FIGURES.add(
        KILLS + " times kill -9: nothing left in the kernel",
        Figures.format("%d after 0.25 s, %d a little later", KILLS - late, late),
        "2 s");

    assertThat(recoveries).hasSize(KILLS);
    assertThat(Statistics.quantile(recoveries, 0.99)).isLessThanOrEqualTo(PROMISE_NANOS);
  }

  private static String quantiles(long[] ascending) {
    return Figures.format(
        "p50 %s, p99 %s, max %s",
        Figures.millis(Statistics.quantile(ascending, 0.5)),
        Figures.millis(Statistics.quantile(ascending, 0.99)),
        Figures.millis(ascending[ascending.length - 1]));
  }

  private static void killAll(List<CrashSite.Outcome> outcomes, String... faults) {
    for (String fault : faults) {
      for (boolean out : new boolean[] {true, false}) {
        try (CrashSite site = new CrashSite(fault, out)) {
          for (int i = 0; i < KILLS / 8; i++) {
            outcomes.add(site.kill(ThreadLocalRandom.current().nextInt(5, 150)));
          }
        }
      }
    }
  }
}
