// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.fault.AttachedInterface;
import dev.squall.fault.Counters;
import dev.squall.fault.DelayHistogram;
import dev.squall.fault.Fault;
import dev.squall.fault.FaultException;
import dev.squall.fault.HitPacket;
import dev.squall.fault.InjectionStatus;
import dev.squall.fault.Loss;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Direction;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.Percentage;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ExperimentRunnerTest {

  private static final Target WEB = new Target.NamedNetns("web", null);
  private static final Fault LOSS = new Loss(Percentage.parse("5%"));
  private static final Experiment THREE_SECONDS =
      new Experiment(
          null, List.of(WEB), List.of(LOSS), TrafficFilter.ANY, Duration.ofSeconds(3), null);
  private static final RunIdentity RUN = new RunIdentity("r1", "inject", 42, false, false, null);

  private static final HitPacket HIT =
      new HitPacket(
          Instant.EPOCH,
          LOSS,
          Direction.EGRESS,
          new AttachedInterface(WEB, "eth0", true),
          new HitPacket.Frame(
              new HitPacket.End(InetAddress.ofLiteral("192.0.2.1"), 80),
              new HitPacket.End(InetAddress.ofLiteral("192.0.2.2"), 40_112),
              100,
              1,
              17,
              List.of()),
          new HitPacket.Capture(new byte[0], 100));

  private final FaultException broken =
      new FaultException(FaultException.Kind.ENVIRONMENT, "broken");
  private final FakeInjection injection = new FakeInjection();
  private final FakeFaultInjector injector = new FakeFaultInjector(injection);
  private final FakeTicker ticker = new FakeTicker();
  private final RecordingListener listener = new RecordingListener();

  @Test
  void aRunEndsByItselfAfterItsDuration() {
    injection.notes(List.of("delay waits on fq"));

    Outcome outcome = runner(Duration.ofSeconds(2)).run(THREE_SECONDS, RUN);

    assertThat(outcome).isEqualTo(new Outcome(EndReason.DURATION, Duration.ZERO, List.of()));
    assertThat(injection.steps()).containsExactly("prepare", "arm", "disarm", "close");
    assertThat(listener.lines())
        .containsExactly(
            "armed r1 [delay waits on fq]",
            "progress 3s",
            "progress 1s",
            "ended duration uncovered 0s");
  }

  @Test
  void theInjectorIsGivenTheExperimentAndTheIdentity() {
    runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN);

    assertThat(injector.experiments()).containsExactly(THREE_SECONDS);
    assertThat(injector.identities()).containsExactly(RUN);
  }

  @Test
  void theOutcomeHoldsWhatTheKernelCounted() {
    RuleReport report =
        new RuleReport(LOSS, Direction.EGRESS, WEB, "eth0", Counters.ZERO, DelayHistogram.EMPTY);
    injection.reports(List.of(report));

    assertThat(runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN).rules())
        .containsExactly(report);
  }

  @Test
  void packetsThatWereHitAreToldUpToTheEnd() {
    injection.hits(HIT, HIT);
    ticker.whileWaiting(() -> injection.hits(HIT));

    runner(Duration.ofSeconds(3)).run(THREE_SECONDS, RUN);

    assertThat(listener.lines())
        .containsExactly(
            "armed r1 []", "hit", "hit", "progress 3s", "hit", "ended duration uncovered 0s");
  }

  @Test
  void packetsThatWereNotRecordedAreToldUpToTheEnd() {
    injection.missed(3);
    ticker.whileWaiting(() -> injection.hits(HIT).missed(4));

    runner(Duration.ofSeconds(3)).run(THREE_SECONDS, RUN);

    assertThat(listener.lines())
        .containsExactly(
            "armed r1 []",
            "missed 3",
            "progress 3s",
            "hit",
            "missed 4",
            "ended duration uncovered 0s");
  }

  @Test
  void aStopFromAnotherProcessEndsTheRun() {
    injection.statuses(InjectionStatus.ACTIVE, InjectionStatus.STOPPED);

    assertThat(runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN).reason())
        .isEqualTo(EndReason.STOPPED);
    assertThat(injection.steps()).containsExactly("prepare", "arm", "disarm", "close");
  }

  @Test
  void aSpentBudgetEndsTheRun() {
    injection.statuses(InjectionStatus.ACTIVE, InjectionStatus.SPENT);

    assertThat(runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN).reason())
        .isEqualTo(EndReason.BUDGET);
    assertThat(injection.steps()).containsExactly("prepare", "arm", "disarm", "close");
  }

  @Test
  void aLostLeaseEndsTheRunAndSaysForHowLongItWasUncovered() {
    injection.statuses(InjectionStatus.LEASE_LOST).uncovered(Duration.ofMillis(1500));

    Outcome outcome = runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN);

    assertThat(outcome.reason()).isEqualTo(EndReason.LEASE_LOST);
    assertThat(outcome.uncovered()).isEqualTo(Duration.ofMillis(1500));
    assertThat(listener.lines()).last().isEqualTo("ended lease-lost uncovered 1.5s");
  }

  @Test
  void aDeadlineThatTheKernelEnforcedCountsAsTheDuration() {
    injection.statuses(InjectionStatus.EXPIRED);

    assertThat(runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN).reason())
        .isEqualTo(EndReason.DURATION);
  }

  @Test
  void aLeaseLostBeyondTheDeadlineIsNotCalledTheDuration() {
    injection.statuses(InjectionStatus.ACTIVE, InjectionStatus.LEASE_LOST);

    assertThat(runner(Duration.ofSeconds(3)).run(THREE_SECONDS, RUN).reason())
        .isEqualTo(EndReason.LEASE_LOST);
  }

  @Test
  void aSignalWakesAWaitingRunAtOnce() {
    ExperimentRunner runner = runner(Duration.ofSeconds(1));
    Duration begin = ticker.now();
    ticker.whileWaiting(() -> runner.stop(EndReason.SIGNAL));

    assertThat(runner.run(THREE_SECONDS, RUN).reason()).isEqualTo(EndReason.SIGNAL);
    assertThat(ticker.now()).isEqualTo(begin);
  }

  @Test
  void anotherThreadStopsARunInRealTime() throws InterruptedException {
    ExperimentRunner runner =
        new ExperimentRunner(injector, Ticker.system(), Duration.ofHours(1), listener);
    Thread handler = Thread.ofPlatform().start(() -> runner.stop(EndReason.SIGNAL));

    assertThat(runner.run(THREE_SECONDS, RUN).reason()).isEqualTo(EndReason.SIGNAL);
    handler.join();
  }

  @Test
  void realTimeEndsARunAfterItsDuration() {
    Experiment brief =
        new Experiment(
            null, List.of(WEB), List.of(LOSS), TrafficFilter.ANY, Experiment.SHORTEST, null);
    Ticker time = Ticker.system();
    Duration begin = time.now();

    new ExperimentRunner(injector, time, Duration.ofHours(1), listener).run(brief, RUN);

    assertThat(time.now().minus(begin)).isGreaterThanOrEqualTo(Experiment.SHORTEST);
  }

  @Test
  void anInterruptEndsTheRunLikeASignalAndIsUsedUp() {
    ticker.whileWaiting(() -> Thread.currentThread().interrupt());

    assertThat(runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN).reason())
        .isEqualTo(EndReason.SIGNAL);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aRunThatWasStoppedBeforeItBeganNeverArms() {
    ExperimentRunner runner = runner(Duration.ofSeconds(1));
    runner.stop(EndReason.SIGNAL);
    runner.stop(EndReason.STOPPED);

    assertThat(runner.run(THREE_SECONDS, RUN).reason()).isEqualTo(EndReason.SIGNAL);
    assertThat(injection.steps()).containsExactly("prepare", "disarm", "close");
    assertThat(listener.lines()).containsExactly("ended signal uncovered 0s");
  }

  @Test
  void aRefusedPreparationLeavesNothingToCleanUp() {
    injector.refuse(broken);

    assertThatThrownBy(() -> runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN))
        .isSameAs(broken);
    assertThat(injection.steps()).isEmpty();
    assertThat(listener.lines()).isEmpty();
  }

  @Test
  void whateverFailsTheInjectionIsClosed() {
    for (String step : List.of("arm", "status", "report", "disarm")) {
      FakeInjection failing = new FakeInjection().failing(step, broken);
      ExperimentRunner runner =
          new ExperimentRunner(
              new FakeFaultInjector(failing), ticker, Duration.ofSeconds(1), listener);

      assertThatThrownBy(() -> runner.run(THREE_SECONDS, RUN)).as(step).isSameAs(broken);
      assertThat(failing.steps()).as(step).endsWith("close");
    }
  }

  @Test
  void aFailureInTheCleanUpDoesNotHideTheFirstOne() {
    FaultException second = new FaultException(FaultException.Kind.INTERNAL, "second");
    injection.failing("status", broken).failing("close", second);

    assertThatThrownBy(() -> runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN))
        .isSameAs(broken)
        .hasSuppressedException(second);
  }

  @Test
  void aFailedCleanUpIsNotReportedAsAnEnd() {
    injection.failing("close", broken);

    assertThatThrownBy(() -> runner(Duration.ofSeconds(1)).run(THREE_SECONDS, RUN))
        .isSameAs(broken);
    assertThat(listener.lines()).noneMatch(line -> line.startsWith("ended"));
  }

  private ExperimentRunner runner(Duration interval) {
    return new ExperimentRunner(injector, ticker, interval, listener);
  }
}
