// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.datagram;
import static dev.squall.bpf.Frames.flows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.RunMap;
import dev.squall.bpf.program.DecisionKey;
import dev.squall.experiment.Budget;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Experiments that the kernel ends when enough has been hit.
@NeedsBpf
class BudgetKernelIT {
  private static final long TICK_NANOS = 10_000_000L; // the longest there is
  private static final long WINDOW_TICKS = 20;

  private static ArmedTrial withPackets(long packets, Trial sketch) {
    ArmedTrial trial = sketch.arm();
    trial.program().setLimits(new RunMap.Limits(packets, 0, 0, 0));
    return trial;
  }

  private static int stopped(ArmedTrial trial) {
    return trial.program().stopped();
  }

  @Test
  void soManyPacketsAreHitAndNotOneMore() {
    ArmedTrial trial = withPackets(10, Trial.of(loss("30%")));
    for (int n = 0; n < 200; n++) {
      trial.egress(datagram());
    }
    assertThat(trial.hits()).isEqualTo(10);
    assertThat(stopped(trial)).isEqualTo(RunMap.PACKETS_SPENT);
    assertThat(trial.matched()).as("nothing is looked at any more").isLessThan(100);
  }

  @Test
  void bothDirectionsAndAllFaultsShareTheBudget() {
    ArmedTrial trial = withPackets(7, Trial.of(loss("50%"), loss("100%")));
    for (int n = 0; n < 10; n++) {
      trial.egress(datagram());
      trial.ingress(datagram());
    }
    long hits = 0;
    for (int direction = 0; direction < 2; direction++) {
      for (int rule = 0; rule < 2; rule++) {
        hits += trial.counts(direction, rule).hit().packets();
      }
    }
    assertThat(hits).isEqualTo(7);
  }

  @Test
  void dryRunSpendsItsBudgetToo() {
    ArmedTrial trial = withPackets(3, Trial.of(loss("100%")).dryRun());
    for (int n = 0; n < 10; n++) {
      assertThat(trial.egress(datagram()).fate()).isEqualTo(Fate.PASSED);
    }
    assertThat(trial.hits()).isEqualTo(3);
    assertThat(stopped(trial)).isEqualTo(RunMap.PACKETS_SPENT);
  }

  @Test
  void soManyFlowsAreHitUntilAnotherOneWouldBe() {
    ArmedTrial trial = Trial.of(loss("100%")).budget(new Budget(null, 5, null)).alone();
    try (LoadedProgram own = trial.program()) {
      own.setLimits(new RunMap.Limits(0, 5, 0, 0));
      List<byte[]> flows = flows(6);
      for (int round = 0; round < 3; round++) {
        flows.subList(0, 5).forEach(trial::egress);
      }
      assertThat(trial.hits()).as("these five as often as they come").isEqualTo(15);
      assertThat(stopped(trial)).isEqualTo(RunMap.GOES_ON);

      assertThat(trial.egress(flows.get(5)).fate()).isEqualTo(Fate.PASSED);
      assertThat(stopped(trial)).isEqualTo(RunMap.FLOWS_SPENT);
      assertThat(trial.egress(flows.getFirst()).fate()).isEqualTo(Fate.PASSED);
      assertThat(trial.hits()).isEqualTo(15);
    }
  }

  private static ArmedTrial withShare(double share, String lost) {
    ArmedTrial trial = Trial.of(loss(lost)).arm();
    long threshold = DecisionKey.threshold(share);
    trial.program().setLimits(new RunMap.Limits(0, 0, threshold, WINDOW_TICKS));
    return trial;
  }

  /// Long enough for three windows.
  private static void send(ArmedTrial trial) {
    for (int burst = 0; burst < 3; burst++) {
      for (int n = 0; n < 200; n++) {
        trial.egress(datagram());
      }
      LockSupport.parkNanos((WINDOW_TICKS + 1) * TICK_NANOS);
    }
  }

  @Test
  void shareThatIsExceededEndsIt() {
    ArmedTrial trial = withShare(0.05, "20%");
    send(trial);
    assertThat(stopped(trial)).isEqualTo(RunMap.SHARE_SPENT);
    assertThat(trial.matched()).as("at the end of the first window").isEqualTo(200);
  }

  @Test
  void shareThatIsKeptDoesNot() {
    ArmedTrial trial = withShare(0.5, "20%");
    send(trial);
    assertThat(stopped(trial)).isEqualTo(RunMap.GOES_ON);
    assertThat(trial.matched()).isEqualTo(600);
  }
}
