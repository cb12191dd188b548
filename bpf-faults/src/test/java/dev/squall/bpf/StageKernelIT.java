// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.drop;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Faults.reject;
import static dev.squall.bpf.Faults.reset;
import static dev.squall.bpf.Frames.datagram;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.fault.Fault;
import dev.squall.fault.ResetEnd;
import dev.squall.target.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Several faults on one packet: loss has the first word, then reset and partition, then delay,
/// whatever the order in which they were asked for. And faults that only say what they would do.
@NeedsBpf
class StageKernelIT {
  private static final byte[] SEGMENT = packet(out4(), tcp(1, 2), payload(10));

  private static long matched(ArmedTrial trial, int rule) {
    return trial.counts(0, rule).matched().packets();
  }

  private static long hits(ArmedTrial trial, int rule) {
    return trial.counts(0, rule).hit().packets();
  }

  @Test
  void lossComesBeforeReset() {
    ArmedTrial trial = Trial.of(reset(ResetEnd.SENDER), loss("100%")).arm();
    assertThat(trial.egress(SEGMENT).fate()).isEqualTo(Fate.VANISHED);
    assertThat(hits(trial, 1)).isEqualTo(1);
    assertThat(matched(trial, 0)).isZero();
  }

  @Test
  void lossComesBeforePartition() {
    ArmedTrial trial = Trial.of(reject(), loss("100%")).arm();
    assertThat(trial.egress(SEGMENT).fate()).isEqualTo(Fate.VANISHED);
    assertThat(hits(trial, 1)).isEqualTo(1);
    assertThat(matched(trial, 0)).isZero();
  }

  @Test
  void resetComesBeforeDelay() {
    ArmedTrial trial = Trial.of(delay("1s"), reset(ResetEnd.SENDER)).arm();
    assertThat(trial.egress(SEGMENT).fate()).isEqualTo(Fate.ANSWERED);
    assertThat(hits(trial, 1)).isEqualTo(1);
    assertThat(matched(trial, 0)).isZero();
  }

  @Test
  void packetThatLossSparesIsReset() {
    ArmedTrial trial = Trial.of(reset(ResetEnd.SENDER), loss("0.000000001%")).arm();
    assertThat(trial.egress(SEGMENT).fate()).isEqualTo(Fate.ANSWERED);
    assertThat(matched(trial, 1)).isEqualTo(1);
    assertThat(hits(trial, 0)).isEqualTo(1);
  }

  @Test
  void packetThatResetIsNotForGoesOnToDelay() {
    ArmedTrial trial = Trial.of(delay("1s"), reset(ResetEnd.SENDER)).arm();
    trial.egress(datagram());
    assertThat(matched(trial, 1)).isZero();
    assertThat(matched(trial, 0)).isEqualTo(1);
  }

  @Test
  void faultsOfOneStageHaveTheirTurnInTheOrderAskedFor() {
    ArmedTrial dropFirst = Trial.of(drop(), reject()).arm();
    assertThat(dropFirst.egress(SEGMENT).fate()).isEqualTo(Fate.VANISHED);
    ArmedTrial rejectFirst = Trial.of(reject(), drop()).arm();
    assertThat(rejectFirst.egress(SEGMENT).fate()).isEqualTo(Fate.ANSWERED);
  }

  static List<Fault> faults() {
    return List.of(loss("100%"), reset(ResetEnd.BOTH), drop(), reject(), delay("1s"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void dryRunCountsAndTouchesNothing(Fault fault) {
    ArmedTrial trial = Trial.of(fault).dryRun().arm();
    for (int n = 0; n < 10; n++) {
      assertThat(trial.egress(SEGMENT).fate()).isEqualTo(Fate.PASSED);
      assertThat(trial.ingress(SEGMENT).fate()).isEqualTo(Fate.PASSED);
    }
    for (int direction = 0; direction < 2; direction++) {
      assertThat(trial.counts(direction, 0).matched().packets()).isEqualTo(10);
      assertThat(trial.counts(direction, 0).hit().packets()).isEqualTo(10);
      assertThat(trial.counts(direction, 0).hitBytes()).isEqualTo(10L * SEGMENT.length);
      assertThat(trial.counts(direction, 0).overflow()).isZero();
    }
  }

  @Test
  void dryRunAsksEveryFault() {
    ArmedTrial trial =
        Trial.of(loss("100%"), reset(ResetEnd.BOTH), reject(), delay("1s")).dryRun().arm();
    assertThat(trial.egress(SEGMENT).fate()).isEqualTo(Fate.PASSED);
    for (int rule = 0; rule < 4; rule++) {
      assertThat(hits(trial, rule)).isEqualTo(1);
    }
  }

  @Test
  void dryRunCountsWhatChanceWouldHit() {
    ArmedTrial dry = Trial.of(loss("30%")).protocol(Protocol.TCP).dryRun().arm();
    for (int n = 0; n < 500; n++) {
      dry.egress(SEGMENT);
    }
    long would = dry.hits();
    ArmedTrial wet = Trial.of(loss("30%")).protocol(Protocol.TCP).arm();
    for (int n = 0; n < 500; n++) {
      wet.egress(SEGMENT);
    }
    assertThat(would).isEqualTo(wet.hits()).isPositive();
  }
}
