// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.schedule;

import dev.squall.operator.api.schedule.Recurrence;
import dev.squall.operator.api.schedule.ScheduleRules;
import dev.squall.operator.api.schedule.ScheduleRules.Concurrency;
import dev.squall.operator.api.schedule.ScheduleRules.Decision;
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
import org.jspecify.annotations.Nullable;

/// Begins the experiments of schedules when they are due, and removes old ones.
@ControllerConfiguration(name = "experimentschedule")
public final class ExperimentScheduleReconciler implements Reconciler<ExperimentSchedule> {
  /// How often a schedule is looked at while one of its experiments runs, whose end matters.
  private static final Duration WHILE_RUNNING = Duration.ofSeconds(2);

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
      experiments.write(schedule, failed(schedule, String.valueOf(e.getMessage()), now));
      return UpdateControl.noUpdate();
    }
    List<Run> runs = experiments.of(schedule);
    ExperimentScheduleStatus before = experiments.before(schedule);
    Instant last = last(schedule, before);
    Decision decision = rules.decide(last, now, runs);
    Instant due = carryOut(schedule, decision);
    experiments.remove(schedule, ScheduleRules.surplus(runs, schedule.getSpec().historyLimit()));
    Instant next = rules.paused() ? null : rules.recurrence().next(due == null ? last : due);
    List<String> active = active(schedule);
    experiments.write(
        schedule,
        new ExperimentScheduleStatus(
            schedule.getMetadata().getGeneration(),
            due == null ? before.lastScheduleTime() : due.toString(),
            next == null ? null : next.toString(),
            active,
            List.of(
                new ScheduleConditions(before.conditions(), now)
                    .after(decision, schedule.getSpec().suspend()))));
    return again(decision, active, now);
  }

  private List<String> active(ExperimentSchedule schedule) {
    return experiments.of(schedule).stream().filter(run -> !run.over()).map(Run::name).toList();
  }

  /// @return the time that is dealt with; null: none was due
  private @Nullable Instant carryOut(ExperimentSchedule schedule, Decision decision) {
    return switch (decision) {
      case Decision.Wait _ -> null;
      case Decision.Skip skip -> skip.due();
      case Decision.Start start -> {
        experiments.remove(schedule, start.ends());
        experiments.create(schedule, start.due());
        yield start.due();
      }
    };
  }

  private static UpdateControl<ExperimentSchedule> again(
      Decision decision, List<String> active, Instant now) {
    Instant next =
        switch (decision) {
          case Decision.Wait wait -> wait.until();
          case Decision.Start start -> start.next();
          case Decision.Skip skip -> skip.next();
        };
    long millis =
        next == null ? Long.MAX_VALUE : Math.max(1, Duration.between(now, next).toMillis());
    if (!active.isEmpty()) {
      millis = Math.min(millis, WHILE_RUNNING.toMillis());
    }
    UpdateControl<ExperimentSchedule> control = UpdateControl.noUpdate();
    return millis == Long.MAX_VALUE ? control : control.rescheduleAfter(millis);
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

  private static ExperimentScheduleStatus failed(
      ExperimentSchedule schedule, String problem, Instant now) {
    return new ExperimentScheduleStatus(
        schedule.getMetadata().getGeneration(),
        null,
        null,
        List.of(),
        List.of(new ScheduleConditions(List.of(), now).failed(problem)));
  }
}
