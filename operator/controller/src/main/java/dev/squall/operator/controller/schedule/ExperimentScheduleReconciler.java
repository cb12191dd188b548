// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.schedule;

import dev.squall.operator.api.schedule.Recurrence;
import dev.squall.operator.api.schedule.ScheduleRules;
import dev.squall.operator.api.schedule.ScheduleRules.Concurrency;
import dev.squall.operator.api.schedule.ScheduleRules.Run;
import dev.squall.operator.api.v1alpha1.ExperimentMapper;
import dev.squall.operator.api.v1alpha1.ExperimentSchedule;
import dev.squall.operator.api.v1alpha1.ExperimentScheduleSpec;
import dev.squall.operator.api.v1alpha1.ExperimentScheduleStatus;
import dev.squall.operator.api.v1alpha1.InvalidResourceException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// Begins the experiments of schedules when they are due, and removes old ones.
@ControllerConfiguration(name = "experimentschedule")
public final class ExperimentScheduleReconciler implements Reconciler<ExperimentSchedule> {
  private final ScheduledExperiments experiments;
  private final Clock clock;

  public ExperimentScheduleReconciler(ScheduledExperiments experiments, Clock clock) {
    this.experiments = experiments;
    this.clock = clock;
  }

  @Override
  public UpdateControl<ExperimentSchedule> reconcile(
      ExperimentSchedule schedule, Context<ExperimentSchedule> context) {
    Instant now = clock.instant();
    ScheduleRules rules;
    try {
      ExperimentMapper.template(schedule);
      rules = rules(schedule.getSpec());
    } catch (InvalidResourceException | IllegalArgumentException | DateTimeException e) {
      experiments.write(
          schedule,
          failed(schedule, experiments.before(schedule), String.valueOf(e.getMessage()), now));
      return UpdateControl.noUpdate();
    }
    ExperimentScheduleStatus before = experiments.before(schedule);
    Instant last = last(schedule, before);
    ScheduleTurn.Outcome outcome =
        new ScheduleTurn(rules, schedule.getSpec().historyLimit(), last, now)
            .take(experiments.of(schedule));
    experiments.write(schedule, status(schedule, before, outcome, now));
    Duration again = outcome.again();
    UpdateControl<ExperimentSchedule> control = UpdateControl.noUpdate();
    return again == null ? control : control.rescheduleAfter(again);
  }

  private static ExperimentScheduleStatus status(
      ExperimentSchedule schedule,
      ExperimentScheduleStatus before,
      ScheduleTurn.Outcome outcome,
      Instant now) {
    Instant due = outcome.due();
    Instant next = outcome.next();
    return new ExperimentScheduleStatus(
        schedule.getMetadata().getGeneration(),
        due == null ? before.lastScheduleTime() : due.toString(),
        next == null ? null : next.toString(),
        outcome.active().stream().map(Run::name).toList(),
        List.of(
            new ScheduleConditions(before.conditions(), now)
                .after(outcome.decision(), schedule.getSpec().suspend())));
  }

  private static ScheduleRules rules(ExperimentScheduleSpec spec) {
    Long deadline = spec.timing().startingDeadlineSeconds();
    return new ScheduleRules(
        Recurrence.parse(spec.timing().schedule(), ZoneId.of(spec.timing().timeZone())),
        deadline == null ? null : Duration.ofSeconds(deadline),
        switch (spec.concurrencyPolicy()) {
          case Forbid -> Concurrency.FORBID;
          case Allow -> Concurrency.ALLOW;
          case Replace -> Concurrency.REPLACE;
        },
        spec.suspend());
  }

  private static Instant last(ExperimentSchedule schedule, ExperimentScheduleStatus before) {
    return Instant.parse(
        before.lastScheduleTime() == null
            ? schedule.getMetadata().getCreationTimestamp()
            : before.lastScheduleTime());
  }

  /// What has been stays, so that nothing is made up for when it is right again.
  private static ExperimentScheduleStatus failed(
      ExperimentSchedule schedule, ExperimentScheduleStatus before, String problem, Instant now) {
    return new ExperimentScheduleStatus(
        schedule.getMetadata().getGeneration(),
        before.lastScheduleTime(),
        null,
        before.active(),
        List.of(new ScheduleConditions(List.of(), now).failed(problem)));
  }
}
