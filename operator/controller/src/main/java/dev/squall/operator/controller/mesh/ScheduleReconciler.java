// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import dev.squall.operator.api.chaosmesh.ChaosMesh;
import dev.squall.operator.api.chaosmesh.Schedule;
import dev.squall.operator.api.chaosmesh.ScheduleRuns;
import dev.squall.operator.api.chaosmesh.ScheduleStatus;
import dev.squall.operator.api.schedule.ScheduleRules;
import dev.squall.operator.api.schedule.ScheduleRules.Decision;
import dev.squall.operator.api.schedule.ScheduleRules.Reason;
import dev.squall.operator.api.schedule.ScheduleRules.Run;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.controller.run.EventRecorder;
import dev.squall.operator.controller.run.EventRecorder.Tone;
import dev.squall.operator.controller.run.Writes;
import dev.squall.operator.controller.schedule.ScheduleTurn;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/// Begins the runs of Chaos Mesh's Schedules when they are due, removes old ones, and pauses them
/// with their Schedule.
@ControllerConfiguration(name = "schedule")
public final class ScheduleReconciler implements Reconciler<Schedule> {
  private static final String API_VERSION = ChaosMesh.GROUP + "/" + ChaosMesh.VERSION;

  private final KubernetesClient client;
  private final EventRecorder events;
  private final Clock clock;

  public ScheduleReconciler(KubernetesClient client, EventRecorder events, Clock clock) {
    this.client = client;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public UpdateControl<Schedule> reconcile(Schedule cached, Context<Schedule> context) {
    UpdateControl<Schedule> control = UpdateControl.noUpdate();
    // The watch may not have brought yet what was written last time, and a run would begin twice.
    Schedule schedule = client.resource(cached).get();
    if (schedule == null || schedule.isMarkedForDeletion()) {
      return control;
    }
    boolean paused = ScheduleRuns.isTrue(schedule.getMetadata().getAnnotations(), ChaosMesh.PAUSE);
    ScheduleRules rules;
    try {
      rules = schedule.getSpec().rules(ZoneId.systemDefault(), paused);
    } catch (IllegalArgumentException e) {
      tell(schedule, Tone.Warning, "Failed", String.valueOf(e.getMessage()));
      return control;
    }
    ScheduledChaos runs = new ScheduledChaos(client, schedule);
    runs.follow(paused);
    ScheduleTurn.Outcome outcome =
        new ScheduleTurn(rules, schedule.getSpec().historyLimit(), last(schedule), clock.instant())
            .take(runs);
    write(schedule, outcome);
    tell(schedule, outcome.decision());
    Duration again = outcome.again();
    return again == null ? control : control.rescheduleAfter(again);
  }

  private static Instant last(Schedule schedule) {
    String time = status(schedule).time();
    return Instant.parse(time == null ? schedule.getMetadata().getCreationTimestamp() : time);
  }

  private void write(Schedule schedule, ScheduleTurn.Outcome outcome) {
    ScheduleStatus before = status(schedule);
    Instant due = outcome.due();
    ScheduleStatus now =
        new ScheduleStatus(
            outcome.active().stream().map(run -> reference(schedule, run)).toList(),
            due == null ? before.time() : due.toString());
    if (!now.equals(before)) {
      Writes.merge(client, Schedule.class, schedule.getMetadata(), Map.of("status", now));
    }
  }

  private static ScheduleStatus status(Schedule schedule) {
    return schedule.getStatus() == null ? ScheduleStatus.EMPTY : schedule.getStatus();
  }

  private static ObjectReference reference(Schedule schedule, Run run) {
    return new ObjectReferenceBuilder()
        .withApiVersion(API_VERSION)
        .withKind(NetworkChaosReconciler.KIND)
        .withNamespace(schedule.getMetadata().getNamespace())
        .withName(run.name())
        .build();
  }

  /// In the words of Chaos Mesh.
  private void tell(Schedule schedule, Decision decision) {
    switch (decision) {
      case Decision.Wait _ -> {}
      case Decision.Start start ->
          tell(schedule, Tone.Normal, "Spawned", "The run of %s was begun.".formatted(start.due()));
      case Decision.Skip skip -> {
        boolean forbidden = skip.reason() == Reason.FORBIDDEN;
        tell(
            schedule,
            forbidden ? Tone.Normal : Tone.Warning,
            forbidden ? "Forbid" : "MissSchedule",
            "The run of %s was left out, for %s."
                .formatted(skip.due(), forbidden ? "an earlier one still ran" : "it was too late"));
      }
    }
  }

  private void tell(Schedule schedule, Tone tone, String reason, String message) {
    ObjectMeta metadata = schedule.getMetadata();
    events.record(
        API_VERSION,
        new ExperimentReference(
            "Schedule", metadata.getNamespace(), metadata.getName(), metadata.getUid()),
        tone,
        reason,
        message);
  }
}
