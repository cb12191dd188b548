// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.chaosmesh.ChaosObservation;
import dev.squall.operator.api.chaosmesh.ChaosProgress;
import dev.squall.operator.api.chaosmesh.ChaosStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.PodReference;
import dev.squall.operator.controller.run.RunReport;
import dev.squall.operator.controller.run.RunReport.NodeReports;
import dev.squall.operator.controller.run.RunReport.Phase;
import dev.squall.operator.controller.run.RunReport.Times;
import dev.squall.operator.controller.select.ChosenPods;
import dev.squall.operator.controller.view.GivenPods;
import dev.squall.operator.controller.view.PodRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The pod db-0 is chosen; one of its name, with another UID, was there before.
class ChaosObservationsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final String PART = "source";
  private static final String EARLIER = "00000000-0000-0000-0000-000000000001";

  private final PodRecord pod = GivenPods.running("db-0", "n1", "10.0.0.1");
  private ChaosStatus status = ChaosStatus.EMPTY;

  private PodFault row(String uid, PodFault.Phase phase) {
    return new PodFault(new PodReference("shop", "db-0", uid), PART, phase, null, null, List.of());
  }

  private PodFault ofEarlier(PodFault.Phase phase) {
    return row(EARLIER, phase);
  }

  private PodFault ofPod(PodFault.Phase phase) {
    return row(pod.uidOnNode(), phase);
  }

  private void look(Phase phase, PodFault... rows) {
    look(phase, phase == Phase.PAUSED, rows);
  }

  /// @param annotated whether it is to be paused
  private void look(Phase phase, boolean annotated, PodFault... rows) {
    boolean ends = phase == Phase.ENDING || phase == Phase.ENDED;
    RunReport report =
        new RunReport(
            phase,
            new Times(NOON, null, null),
            null,
            ends ? Map.of() : Map.of(PART, new ChosenPods(List.of(pod), 1, List.of())),
            Map.of(),
            new NodeReports(1, List.of(), List.of(rows), List.of(), Map.of("n1", 1L)));
    ChaosObservation seen =
        new ChaosObservations(report, status, annotated, List.of(), NOON).observation();
    status = ChaosProgress.next(status, seen);
  }

  private String phaseOfRecord() {
    return status.experiment().containerRecords().getFirst().phase().toString();
  }

  @Test
  void aPodThatWasStartedAnewIsInjectedWhateverBecameOfTheEarlierOne() {
    look(Phase.RUNNING, ofEarlier(PodFault.Phase.Ended), ofPod(PodFault.Phase.Injecting));

    assertThat(phaseOfRecord()).isEqualTo("Injected");
    assertThat(status.isTrue("AllInjected")).isTrue();
  }

  @Test
  void whatIsDoneToTheEarlierOneIsNotDoneToThePod() {
    look(Phase.RUNNING, ofEarlier(PodFault.Phase.Injecting));

    assertThat(phaseOfRecord()).isEqualTo("Not Injected/Wait");
    assertThat(status.isTrue("AllInjected")).isFalse();
  }

  @Test
  void atTheEndAllOfThatNameCount() {
    look(Phase.RUNNING, ofPod(PodFault.Phase.Injecting));
    look(Phase.ENDING, ofEarlier(PodFault.Phase.Ended), ofPod(PodFault.Phase.Injecting));

    assertThat(phaseOfRecord()).isEqualTo("Injected/Wait");
    look(Phase.ENDED);
    assertThat(phaseOfRecord()).isEqualTo("Not Injected");
    assertThat(status.isTrue("AllRecovered")).isTrue();
  }

  @Test
  void whatEndsForGoodWhileItIsPausedStaysOver() {
    look(Phase.RUNNING, ofPod(PodFault.Phase.Injecting));
    look(Phase.PAUSED, ofPod(PodFault.Phase.Ended));
    assertThat(status.hasEnded()).as("paused").isFalse();
    look(Phase.ENDING, true, ofPod(PodFault.Phase.Ended));
    assertThat(status.hasEnded()).as("not confirmed yet").isFalse();
    look(Phase.ENDED, true);

    assertThat(status.hasEnded()).isTrue();
  }
}
