// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.schedule;

import dev.squall.operator.api.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a schedule is kept.
///
/// @param startingDeadline a run may begin so much later than it was due; null: any time
/// @param concurrency what happens when a run is due while one before it goes on
/// @param paused whether none begins now
public record ScheduleRules(
    Recurrence recurrence,
    @Nullable Duration startingDeadline,
    Concurrency concurrency,
    boolean paused) {

  /// Runs that are over and are kept, where a schedule does not say.
  public static final int DEFAULT_HISTORY = 3;

  /// How many letters a run's name ends with.
  private static final int SUFFIX = 5;

  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  /// What is to be done now.
  public sealed interface Decision {

    /// Nothing.
    ///
    /// @param until when to ask again; null: when something about the schedule has changed
    record Wait(@Nullable Instant until) implements Decision {}

    /// A run begins.
    ///
    /// @param due the time it is for, to be kept as the last one
    /// @param ends runs that are to end for it
    /// @param next when to ask again; null: no such time comes
    record Start(Instant due, List<Run> ends, @Nullable Instant next) implements Decision {}

    /// A run is left out.
    ///
    /// @param due the time it was for, to be kept as the last one
    /// @param next when to ask again; null: no such time comes
    record Skip(Instant due, Reason reason, @Nullable Instant next) implements Decision {}
  }

  /// What happens when a run is due while one before it goes on.
  public enum Concurrency {
    /// It waits within the starting deadline, or is left out.
    FORBID,
    /// Both run.
    ALLOW,
    /// The one before ends.
    REPLACE
  }

  /// Why a run is left out.
  public enum Reason {
    /// One before it goes on.
    FORBIDDEN,
    /// Its deadline is over.
    TOO_LATE
  }

  /// A run of a schedule.
  ///
  /// @param over whether nothing of it is in force any more, and will not be again
  public record Run(String name, Instant createdAt, boolean over) {}

  /// Decides for one moment. Of the runs that were missed only the latest counts, however many
  /// there were. A run that has to wait for another one begins after it only within the starting
  /// deadline; without one it is left out, as it would come at a time that nobody asked for.
  ///
  /// @param last the time of the last run that was begun or left out; at first, when the schedule
  ///   was created
  /// @param runs its own
  public Decision decide(Instant last, Instant now, List<Run> runs) {
    if (paused) {
      return new Decision.Wait(null);
    }
    Instant due = recurrence.latest(last, now);
    if (due == null) {
      return new Decision.Wait(recurrence.next(last));
    }
    Instant next = recurrence.next(due);
    if (startingDeadline != null && isLate(due, now, startingDeadline)) {
      return new Decision.Skip(due, Reason.TOO_LATE, next);
    }
    List<Run> going = runs.stream().filter(run -> !run.over()).toList();
    if (going.isEmpty() || concurrency != Concurrency.FORBID) {
      return new Decision.Start(due, concurrency == Concurrency.REPLACE ? going : List.of(), next);
    }
    return startingDeadline == null
        ? new Decision.Skip(due, Reason.FORBIDDEN, next)
        : new Decision.Wait(earlier(due.plus(startingDeadline).plusSeconds(1), next));
  }

  /// In whole seconds: one that is a moment late is on time, even where no delay is allowed.
  private static boolean isLate(Instant due, Instant now, Duration deadline) {
    return Duration.between(due, now).toSeconds() > deadline.toSeconds();
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other == null || one.isBefore(other) ? one : other;
  }

  /// The runs that are kept no longer: the oldest of those that are over. One that goes on is never
  /// among them.
  ///
  /// @param limit how many are kept; null: [#DEFAULT_HISTORY]
  public static List<Run> surplus(List<Run> runs, @Nullable Integer limit) {
    List<Run> over =
        runs.stream().filter(Run::over).sorted(Comparator.comparing(Run::createdAt)).toList();
    int kept = limit == null ? DEFAULT_HISTORY : limit;
    return over.subList(0, Math.max(0, over.size() - kept));
  }

  /// The name of a run: the same for the same schedule and time, so that it is not begun twice.
  ///
  /// @param uid of the schedule
  public static String runName(String schedule, String uid, Instant due) {
    byte[] digest = Sha256.of(uid + " " + due.getEpochSecond());
    StringBuilder name = new StringBuilder(schedule).append('-');
    for (int i = 0; i < SUFFIX; i++) {
      name.append(LETTERS.charAt(Byte.toUnsignedInt(digest[i]) % LETTERS.length()));
    }
    return name.toString();
  }
}
