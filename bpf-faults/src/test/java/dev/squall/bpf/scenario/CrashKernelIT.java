// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.linux.Privilege;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Owners of faults that die or stop at a random moment.
class CrashKernelIT {
  private static final int KILLS = 200;
  private static final long PROMISE_NANOS = 100_000_000;
  private static final Figures FIGURES = new Figures("Crash");

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

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
        KILLS + " times kill -9: traffic normal after", quantiles(recoveries), "p99 ≤ 100 ms");
    FIGURES.add(
        KILLS + " times kill -9: nothing left in the kernel",
        Figures.format("%d when first looked, %d a little later", KILLS - late, late),
        "20 s");

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

  @Test
  void nothingIsLeftOfOneThatIsKilledWhileItPrepares() {
    int kills = 20;
    try (CrashSite site = new CrashSite("delay:50ms", true)) {
      for (int i = 0; i < kills; i++) {
        site.killEarly(ThreadLocalRandom.current().nextInt(20, 500));
      }
    }
    FIGURES.add(
        kills + " times kill -9 from 20 to 500 ms after the start", "nothing left in 20 s", "20 s");
  }

  @Test
  void theFaultOfAStoppedOwnerEndsAtItsLeaseAndStaysOff() {
    Together.run(
        Stream.of("loss:100%", "partition:drop", "delay:50ms", "reset:100%")
            .map(fault -> (Runnable) () -> stopAndContinue(fault))
            .toArray(Runnable[]::new));
  }

  private static void stopAndContinue(String fault) {
    Clock clock = new Clock();
    try (CrashSite site = new CrashSite(fault, true);
        InjectorProcess injector = site.start("stop-" + fault.charAt(0)).awaitArmed();
        Probe probe = site.probe()) {
      Pause.of(Duration.ofMillis(300));
      long stopped = clock.nanos();
      injector.signal(InjectorProcess.SIGSTOP);
      Pause.of(Duration.ofSeconds(2));
      long continued = clock.nanos();
      injector.signal(InjectorProcess.SIGCONT);
      String[] said = injector.readLine().split(" ", -1);
      Pause.of(Duration.ofMillis(300));
      probe.stop();
      long until = probe.normalSince() - stopped;
      long uncovered = Long.parseLong(said[2]);
      FIGURES.add(
          fault + ", SIGSTOP for 2 s",
          Figures.format(
              "hit for another %s; then %s, uncovered %s",
              Figures.millis(until), said[1], Figures.millis(uncovered)),
          "0.75 to 1 s");

      assertThat(probe.affected()).isPositive();
      assertThat(until).as("the lease").isBetween(700_000_000L, 1_010_000_000L);
      assertThat(said[1]).isEqualTo("LEASE_LOST");
      long bare = continued - probe.normalSince();
      assertThat(uncovered).isBetween(bare - 20_000_000, bare + 500_000_000);
    }
  }
}
