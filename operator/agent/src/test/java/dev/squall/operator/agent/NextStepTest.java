// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.START;
import static dev.squall.operator.agent.Samples.seconds;
import static dev.squall.operator.agent.Samples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.experiment.FakeInjection;
import dev.squall.fault.InjectionStatus;
import dev.squall.operator.agent.Demand.Halt;
import dev.squall.operator.agent.Step.Arm;
import dev.squall.operator.agent.Step.End;
import dev.squall.operator.agent.Step.Exchange;
import dev.squall.operator.agent.Step.Prepare;
import dev.squall.operator.agent.Step.Refuse;
import dev.squall.operator.agent.Step.Release;
import dev.squall.operator.agent.Step.Rest;
import dev.squall.operator.agent.Step.Wait;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NextStepTest {
  /// From 100 s to 110 s.
  private static final Window WINDOW = new Window(START, seconds(100), seconds(10));

  private static final WantedInjection LOSS = wanted("loss: 5%");
  private static final Demand DEMAND = new Demand(LOSS, null, null, WINDOW);
  private static final PodNetwork NETWORK = new PodNetwork(7, seconds(50));
  private static final PodNetwork ANOTHER = new PodNetwork(8, seconds(104));

  private static final Held HELD = new Held(new FakeInjection(), LOSS, NETWORK);
  private static final State WAITING = State.Waiting.EAGER;
  private static final State PREPARED = new State.Prepared(HELD);
  private static final State INJECTING = new State.Injecting(HELD);
  private static final State REFUSED = new State.Refused(NETWORK);

  private static Step next(State state, @Nullable PodNetwork network, double now) {
    return next(state, DEMAND, Health.GOOD, network, now);
  }

  private static Step next(
      State state, Demand demand, Health health, @Nullable PodNetwork network, double now) {
    return new NextStep(demand, network, seconds(now)).from(state, health);
  }

  private static Step injecting(Health health, @Nullable PodNetwork network, double now) {
    return next(INJECTING, DEMAND, health, network, now);
  }

  private static Step asked(State state, Demand demand) {
    return next(state, demand, Health.GOOD, NETWORK, 101);
  }

  @Test
  void aPodThatIsThereIsPreparedBeforeAndAfterTheBeginning() {
    assertThat(next(WAITING, NETWORK, 99)).isEqualTo(Prepare.PREPARE);
    assertThat(next(WAITING, NETWORK, 109)).isEqualTo(Prepare.PREPARE);
  }

  @Test
  void aPodThatIsNotThereIsWaitedFor() {
    assertThat(next(WAITING, null, 101)).isEqualTo(new Wait(NextStep.NO_PROCESS));
  }

  @Test
  void whatFailedIsTriedAgainNotBeforeItsTime() {
    State later = new State.Waiting(seconds(102), 1);
    assertThat(next(later, NETWORK, 101.9)).isEqualTo(Rest.REST);
    assertThat(next(later, NETWORK, 102)).isEqualTo(Prepare.PREPARE);
  }

  @Test
  void nothingIsInjectedWhenItsTimeIsOver() {
    assertThat(next(WAITING, NETWORK, 110)).isEqualTo(new End(NextStep.TOO_LATE, true));
    assertThat(next(PREPARED, NETWORK, 110)).isEqualTo(new End(NextStep.TOO_LATE, true));
  }

  @Test
  void whatIsPreparedBeginsAtTheAgreedMoment() {
    assertThat(next(PREPARED, NETWORK, 99.999)).isEqualTo(Rest.REST);
    assertThat(next(PREPARED, NETWORK, 100)).isEqualTo(Arm.ARM);
  }

  @Test
  void whatIsPreparedBeginsAgainWhenThePodOrTheDocumentIsAnother() {
    assertThat(next(PREPARED, ANOTHER, 101)).isInstanceOf(Release.class);
    assertThat(next(PREPARED, null, 101)).isInstanceOf(Release.class);
    Demand other = new Demand(wanted("loss: 6%"), null, null, WINDOW);
    assertThat(asked(PREPARED, other)).isInstanceOf(Release.class);
  }

  @Test
  void whatWorksGoesOn() {
    assertThat(next(INJECTING, NETWORK, 105)).isEqualTo(Rest.REST);
  }

  @Test
  void aPodWithoutAProcessKeepsWhatIsInItsNetwork() {
    assertThat(next(INJECTING, null, 105)).isEqualTo(Rest.REST);
  }

  @Test
  void aContainerThatStartsLaterInTheSameNetworkChangesNothing() {
    assertThat(next(INJECTING, new PodNetwork(7, seconds(104)), 105)).isEqualTo(Rest.REST);
  }

  @Test
  void anotherNetworkIsInjectedAnew() {
    assertThat(next(INJECTING, ANOTHER, 105)).isEqualTo(new Release(NextStep.SANDBOX_REPLACED));
  }

  @Test
  void anInterfaceThatIsGoneIsInjectedAnew() {
    Health gone = new Health(InjectionStatus.ACTIVE, false);
    assertThat(injecting(gone, NETWORK, 105)).isEqualTo(new Release(NextStep.INTERFACE_GONE));
  }

  @Test
  void anotherDocumentTakesThePlaceOfTheFirst() {
    Demand other = new Demand(wanted("loss: 6%"), null, null, WINDOW);
    assertThat(asked(INJECTING, other)).isEqualTo(Exchange.EXCHANGE);
  }

  @Test
  void aLostLeaseBeginsAgainWhileThereIsTime() {
    Health lost = new Health(InjectionStatus.LEASE_LOST, true);
    assertThat(injecting(lost, NETWORK, 105)).isEqualTo(new Release(NextStep.LEASE_LOST));
    assertThat(injecting(lost, NETWORK, 110)).isEqualTo(new End(null, true));
  }

  @Test
  void whatTheKernelEndedIsOver() {
    assertThat(injecting(new Health(InjectionStatus.EXPIRED, true), NETWORK, 110))
        .isEqualTo(new End(null, true));
    assertThat(injecting(Health.GOOD, NETWORK, 110)).isEqualTo(new End(null, true));
    assertThat(injecting(new Health(InjectionStatus.STOPPED, true), NETWORK, 105))
        .isEqualTo(new End(NextStep.STOPPED_HERE, false));
    assertThat(injecting(new Health(InjectionStatus.SPENT, true), NETWORK, 105))
        .isEqualTo(new End(NextStep.SPENT, false));
  }

  @ParameterizedTest
  @MethodSource("begun")
  void aStopEndsEverything(State begun) {
    Demand stopped = new Demand(LOSS, null, new Halt("switch"), WINDOW);
    assertThat(asked(begun, stopped)).isEqualTo(new End("switch", false));
  }

  @ParameterizedTest
  @MethodSource("begun")
  void aPodThatIsNotAskedForAnyMoreEnds(State begun) {
    assertThat(asked(begun, new Demand(null, null, null, WINDOW))).isEqualTo(new End(null, true));
  }

  static List<State> begun() {
    return List.of(WAITING, PREPARED, INJECTING, REFUSED);
  }

  @Test
  void whatHasEndedReturnsOnlyWhenItMayAndThereIsTime() {
    State mayReturn = new State.Ended(true);
    assertThat(next(mayReturn, NETWORK, 105)).isInstanceOf(Release.class);
    assertThat(next(mayReturn, NETWORK, 110)).isEqualTo(Rest.REST);
    assertThat(next(new State.Ended(false), NETWORK, 105)).isEqualTo(Rest.REST);
    assertThat(asked(mayReturn, new Demand(null, null, null, WINDOW))).isEqualTo(Rest.REST);
    assertThat(asked(mayReturn, new Demand(LOSS, null, new Halt(null), WINDOW)))
        .isEqualTo(Rest.REST);
  }

  @Test
  void whatIsRefusedIsTriedAgainInAnotherNetwork() {
    assertThat(next(REFUSED, NETWORK, 105)).isEqualTo(Rest.REST);
    assertThat(next(REFUSED, null, 105)).isEqualTo(Rest.REST);
    assertThat(next(REFUSED, ANOTHER, 105)).isInstanceOf(Release.class);
    assertThat(next(new State.Refused(null), ANOTHER, 105)).isEqualTo(Rest.REST);
  }

  @Test
  void aClockThatIsWrongKeepsWhatHasNotBegunFromBeginning() {
    Demand refused = new Demand(LOSS, "the clock", null, WINDOW);
    assertThat(asked(WAITING, refused)).isEqualTo(new Refuse("the clock"));
    assertThat(asked(INJECTING, refused)).isEqualTo(Rest.REST);
  }
}
