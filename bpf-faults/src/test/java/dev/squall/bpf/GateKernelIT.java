// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a fault is in force, as the program itself sees it.
@NeedsBpf
class GateKernelIT {
  private final ArmedTrial trial = Trial.of(loss("100%")).arm();
  private final JiffiesClock clock = SharedProgram.clock();
  private final long now = clock.now();
  private final long minute = clock.ticks(Duration.ofMinutes(1));

  private void assertHits() {
    assertThat(trial.egress(datagram()).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.ingress(datagram()).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.matched()).isEqualTo(1);
  }

  private void assertPassesUncounted() {
    assertThat(trial.egress(datagram()).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.ingress(datagram()).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.matched()).isZero();
    assertThat(trial.hits()).isZero();
  }

  @Test
  void armedFaultHits() {
    assertHits();
  }

  @Test
  void disarmedFaultDoesNothing() {
    trial.program().disarm();
    assertPassesUncounted();
  }

  @Test
  void faultArmedAgainHitsAgain() {
    trial.program().disarm();
    trial.program().arm();
    assertHits();
  }

  @Test
  void faultBeginsNotBeforeItsTime() {
    trial.program().setWindow(now + minute, now + 2 * minute);
    assertPassesUncounted();
  }

  @Test
  void faultIsInForceFromItsFirstTickOn() {
    trial.program().setWindow(clock.now(), now + minute);
    assertHits();
  }

  @Test
  void faultEndsAtItsDeadline() {
    trial.program().setWindow(now - minute, clock.now());
    assertPassesUncounted();
  }

  @Test
  void faultIsInForceUntilItsDeadline() {
    trial.program().setWindow(now - minute, now + minute);
    assertHits();
  }

  @Test
  void deadlineThatWasNeverSetIsOver() {
    trial.program().setWindow(0, 0);
    assertPassesUncounted();
  }

  @Test
  void faultEndsWithItsLease() {
    trial.program().run().setLeaseUntil(clock.now());
    assertPassesUncounted();
  }

  @Test
  void leaseThatWasNeverGrantedIsOver() {
    trial.program().run().setLeaseUntil(0);
    assertPassesUncounted();
  }

  @Test
  void renewedLeaseKeepsTheFaultInForce() {
    trial.program().run().setLeaseUntil(0);
    trial.program().run().setLeaseUntil(now + minute);
    assertHits();
  }

  @Test
  void stopIsObeyedAtOnce() {
    trial.program().run().stop(0);
    assertPassesUncounted();
  }

  @Test
  void anotherExperimentOfThisProcessDoesNotArmThisOne() {
    trial.program().run().setArmed(2);
    assertPassesUncounted();
  }

  @Test
  void anotherExperimentOfThisProcessDoesNotStopThisOne() {
    trial.program().run().setArmed(3);
    trial.program().run().stop(1);
    assertHits();
  }
}
