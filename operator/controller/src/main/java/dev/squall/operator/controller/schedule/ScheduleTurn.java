// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.schedule;

import dev.squall.operator.api.schedule.ScheduleRules;
import dev.squall.operator.api.schedule.ScheduleRules.Decision;
import dev.squall.operator.api.schedule.ScheduleRules.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One look at a schedule, of whatever kind: begins the run that is due, and removes old ones.
///
/// @param historyLimit how many runs that are over are kept; null: as many as usual
/// @param last the time that was dealt with last; at first, when the schedule was made
public record ScheduleTurn(
    ScheduleRules rules, @Nullable Integer historyLimit, Instant last, Instant now) {
  /// How often a schedule is looked at while one of its runs goes on, whose end matters.
  private static final Duration WHILE_RUNNING = Duration.ofSeconds(2);

  /// The runs of one schedule, in the cluster.
  public interface Runs {
    /// All that are still there.
    List<Run> all();

    /// Begins one, unless it is there.
    void create(Instant due);

    /// Ends and removes one.
    void remove(Run run);
  }

  /// What was done.
  ///
  /// @param due the time that was dealt with; null: none was due
  /// @param next when the next run is due; null: none is
  /// @param active the runs that go on
  /// @param again how soon to look again; null: when something about the schedule has changed
  public record Outcome(
      Decision decision,
      @Nullable Instant due,
      @Nullable Instant next,
      List<Run> active,
      @Nullable Duration again) {}

  /// Does what is due.
  ///
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException when it has to be tried again
  public Outcome take(Runs runs) {
    List<Run> before = runs.all();
    Decision decision = rules.decide(last, now, before);
    Instant due = carryOut(decision, runs);
    ScheduleRules.surplus(before, historyLimit).forEach(runs::remove);
    Instant next = rules.paused() ? null : rules.recurrence().next(due == null ? last : due);
    List<Run> active = runs.all().stream().filter(run -> !run.over()).toList();
    return new Outcome(decision, due, next, active, again(decision, !active.isEmpty()));
  }

  private static @Nullable Instant carryOut(Decision decision, Runs runs) {
    return switch (decision) {
      case Decision.Wait _ -> null;
      case Decision.Skip skip -> skip.due();
      case Decision.Start start -> {
        start.ends().forEach(runs::remove);
        runs.create(start.due());
        yield start.due();
      }
    };
  }

  private @Nullable Duration again(Decision decision, boolean running) {
    Instant next =
        switch (decision) {
          case Decision.Wait wait -> wait.until();
          case Decision.Start start -> start.next();
          case Decision.Skip skip -> skip.next();
        };
    if (next == null) {
      return running ? WHILE_RUNNING : null;
    }
    Duration until = Duration.between(now, next);
    Duration again = running && until.compareTo(WHILE_RUNNING) > 0 ? WHILE_RUNNING : until;
    return again.isPositive() ? again : Duration.ofMillis(1);
  }
}
