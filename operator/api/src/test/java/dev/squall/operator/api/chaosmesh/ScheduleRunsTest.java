// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.squall.operator.api.chaosmesh.ChaosStatus.DesiredPhase;
import dev.squall.operator.api.chaosmesh.ChaosStatus.ExperimentState;
import dev.squall.operator.api.chaosmesh.ChaosStatus.Phase;
import dev.squall.operator.api.chaosmesh.ChaosStatus.PodRecord;
import dev.squall.operator.api.schedule.ScheduleRules;
import dev.squall.operator.api.schedule.ScheduleRules.Concurrency;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleRunsTest {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private static Schedule schedule(String namespace, String uid) {
    return SERIALIZATION.unmarshal(
        """
        apiVersion: chaos-mesh.org/v1alpha1
        kind: Schedule
        metadata: {name: nightly, namespace: %s, uid: %s}
        spec:
          schedule: "30 2 * * *"
          startingDeadlineSeconds: 60
          type: NetworkChaos
          historyLimit: 2
          podChaos: {action: pod-kill}
          networkChaos:
            action: delay
            mode: all
            selector: {}
            delay: {latency: 10ms}
        """
            .formatted(namespace, uid),
        Schedule.class);
  }

  private static NetworkChaos run(Schedule schedule) {
    NetworkChaos run = ScheduleRuns.create(schedule, NOON);
    run.getMetadata().setCreationTimestamp(NOON.toString());
    return run;
  }

  @Test
  void aScheduleIsReadWithItsRules() {
    ScheduleRules rules = schedule("shop", "1").getSpec().rules(ZoneOffset.UTC, false);

    assertThat(rules.startingDeadline()).isEqualTo(Duration.ofMinutes(1));
    assertThat(rules.concurrency()).isEqualTo(Concurrency.FORBID);
    assertThat(rules.recurrence().next(NOON)).isEqualTo("2026-05-02T02:30:00Z");
  }

  @Test
  void aScheduleOfAnotherTypeIsRefused() {
    Schedule schedule =
        SERIALIZATION.unmarshal(
            """
            spec: {schedule: "@hourly", type: PodChaos, podChaos: {action: pod-kill}}
            """,
            Schedule.class);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule.getSpec().rules(ZoneOffset.UTC, false))
        .withMessageContaining("type PodChaos");
  }

  @Test
  void aRunIsWhatTheScheduleSaysAndBelongsToIt() {
    NetworkChaos run = run(schedule("shop", "1"));

    assertThat(run.getSpec().getDelay().getLatency()).isEqualTo("10ms");
    assertThat(run.getMetadata().getNamespace()).isEqualTo("shop");
    assertThat(run.getMetadata().getName()).startsWith("nightly-");
    assertThat(run.getMetadata().getLabels()).isEqualTo(Map.of("managed-by", "nightly"));
    assertThat(run.getMetadata().getOwnerReferences().getFirst().getController()).isTrue();
  }

  /// Chaos Mesh goes by the label, in all namespaces.
  @Test
  void anotherScheduleOfTheSameNameHasNothingToDoWithIt() {
    Schedule schedule = schedule("shop", "1");
    NetworkChaos run = run(schedule);

    assertThat(ScheduleRuns.owns(schedule, run)).isTrue();
    assertThat(ScheduleRuns.owns(schedule("bank", "2"), run)).isFalse();
    assertThat(ScheduleRuns.owns(schedule("shop", "3"), run)).isFalse();
    assertThat(ScheduleRuns.owns(schedule("bank", "1"), run)).isFalse();
  }

  @Test
  void aRunIsOverWhenNothingOfItIsLeft() {
    NetworkChaos run = run(schedule("shop", "1"));

    assertThat(ScheduleRuns.of(run, status(DesiredPhase.RUN, Phase.INJECTED)).over()).isFalse();
    assertThat(ScheduleRuns.of(run, status(DesiredPhase.STOP, Phase.RECOVERING)).over()).isFalse();
    assertThat(ScheduleRuns.of(run, status(DesiredPhase.STOP, Phase.NOT_INJECTED)).over()).isTrue();
    assertThat(ScheduleRuns.of(run, ChaosStatus.EMPTY).over()).isFalse();
  }

  @Test
  void aRunThatIsPausedIsNotOver() {
    NetworkChaos run = run(schedule("shop", "1"));
    run.getMetadata().setAnnotations(Map.of(ChaosMesh.PAUSE, "true"));

    assertThat(ScheduleRuns.of(run, off("True")).over()).isFalse();
  }

  /// Its annotation is gone, and its status does not know that yet.
  @Test
  void aRunThatIsAboutToGoOnIsNotOver() {
    assertThat(ScheduleRuns.of(run(schedule("shop", "1")), off("True")).over()).isFalse();
  }

  /// Nobody takes the annotation off what does not go on.
  @Test
  void aRunThatHasEndedForGoodWhileItWasPausedIsOver() {
    NetworkChaos run = run(schedule("shop", "1"));
    run.getMetadata().setAnnotations(Map.of(ChaosMesh.PAUSE, "true"));

    assertThat(ScheduleRuns.of(run, off("False")).over()).isTrue();
  }

  @Test
  void aRunThatIsRefusedIsOver() {
    ChaosStatus refused =
        ChaosProgress.next(ChaosStatus.EMPTY, ChaosObservation.refused("why", NOON));

    assertThat(ScheduleRuns.of(run(schedule("shop", "1")), refused).over()).isTrue();
    assertThat(refused.conditions()).contains(new ChaosStatus.Condition("Remarks", "True", "why"));
  }

  private static ChaosStatus off(String paused) {
    ChaosStatus off = status(DesiredPhase.STOP, Phase.NOT_INJECTED);
    return new ChaosStatus(
        List.of(new ChaosStatus.Condition("Paused", paused, null)),
        off.experiment(),
        off.instances());
  }

  private static ChaosStatus status(DesiredPhase desired, Phase phase) {
    PodRecord record = new PodRecord("shop/web-1", ".", phase, 1, 1, List.of());
    return new ChaosStatus(List.of(), new ExperimentState(desired, List.of(record)), Map.of());
  }
}
