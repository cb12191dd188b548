// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.schedule.ScheduleRules.Concurrency;
import dev.squall.operator.api.schedule.ScheduleRules.Decision;
import dev.squall.operator.api.schedule.ScheduleRules.Decision.Skip;
import dev.squall.operator.api.schedule.ScheduleRules.Decision.Start;
import dev.squall.operator.api.schedule.ScheduleRules.Decision.Wait;
import dev.squall.operator.api.schedule.ScheduleRules.Reason;
import dev.squall.operator.api.schedule.ScheduleRules.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleRulesTest {
  private static final List<Run> NONE = List.of();
  private static final List<Run> ONE_GOES_ON =
      List.of(new Run("a", at("11:00:00"), true), new Run("b", at("11:30:00"), false));

  private static Instant at(String time) {
    return Instant.parse("2026-05-01T" + time + "Z");
  }

  private static ScheduleRules halfHourly(@Nullable Duration deadline, Concurrency concurrency) {
    return new ScheduleRules(
        Recurrence.parse("*/30 * * * *", ZoneOffset.UTC), deadline, concurrency, false);
  }

  private static Decision decide(ScheduleRules rules, String last, String now, List<Run> runs) {
    return rules.decide(at(last), at(now), runs);
  }

  @Test
  void untilItIsTimeItWaits() {
    assertThat(decide(halfHourly(null, Concurrency.FORBID), "12:00:00", "12:10:00", NONE))
        .isEqualTo(new Wait(at("12:30:00")));
  }

  @Test
  void whenItIsTimeItStarts() {
    assertThat(decide(halfHourly(null, Concurrency.FORBID), "12:00:00", "12:30:00", NONE))
        .isEqualTo(new Start(at("12:30:00"), NONE, at("13:00:00")));
  }

  @Test
  void runsThatAreOverDoNotForbid() {
    List<Run> over = List.of(new Run("a", at("11:00:00"), true));
    assertThat(decide(halfHourly(null, Concurrency.FORBID), "12:00:00", "12:30:00", over))
        .isEqualTo(new Start(at("12:30:00"), NONE, at("13:00:00")));
  }

  @Test
  void oneThatGoesOnForbidsTheNext() {
    assertThat(decide(halfHourly(null, Concurrency.FORBID), "12:00:00", "12:30:00", ONE_GOES_ON))
        .isEqualTo(new Skip(at("12:30:00"), Reason.FORBIDDEN, at("13:00:00")));
  }

  @Test
  void whereRunsMayOverlapTheyDo() {
    assertThat(decide(halfHourly(null, Concurrency.ALLOW), "12:00:00", "12:30:00", ONE_GOES_ON))
        .isEqualTo(new Start(at("12:30:00"), NONE, at("13:00:00")));
  }

  @Test
  void whereOneReplacesTheOtherTheOneBeforeEnds() {
    assertThat(decide(halfHourly(null, Concurrency.REPLACE), "12:00:00", "12:30:00", ONE_GOES_ON))
        .isEqualTo(new Start(at("12:30:00"), List.of(ONE_GOES_ON.get(1)), at("13:00:00")));
  }

  /// In Chaos Mesh a run that is forbidden is lost even if the one before it ends in time.
  @Test
  void withinItsDeadlineItWaitsForTheOneBefore() {
    ScheduleRules rules = halfHourly(Duration.ofMinutes(5), Concurrency.FORBID);

    assertThat(decide(rules, "12:00:00", "12:30:00", ONE_GOES_ON))
        .isEqualTo(new Wait(at("12:35:01")));
    assertThat(decide(rules, "12:00:00", "12:34:59", NONE))
        .isEqualTo(new Start(at("12:30:00"), NONE, at("13:00:00")));
    assertThat(decide(rules, "12:00:00", "12:35:01", ONE_GOES_ON))
        .isEqualTo(new Skip(at("12:30:00"), Reason.TOO_LATE, at("13:00:00")));
  }

  @Test
  void whatIsTooLateIsLeftOut() {
    assertThat(
            decide(
                halfHourly(Duration.ofSeconds(10), Concurrency.FORBID),
                "12:00:00",
                "12:31:00",
                NONE))
        .isEqualTo(new Skip(at("12:30:00"), Reason.TOO_LATE, at("13:00:00")));
  }

  @Test
  void aMomentIsNotLateEvenWithoutDelay() {
    ScheduleRules rules = halfHourly(Duration.ZERO, Concurrency.FORBID);
    Instant now = at("12:30:00").plusMillis(700);

    assertThat(rules.decide(at("12:00:00"), now, NONE))
        .isEqualTo(new Start(at("12:30:00"), NONE, at("13:00:00")));
  }

  /// Chaos Mesh gives up for good after 100.
  @Test
  void ofAnyNumberThatWereMissedTheLatestIsMadeUpFor() {
    ScheduleRules rules =
        new ScheduleRules(
            Recurrence.parse("* * * * * *", ZoneOffset.UTC), null, Concurrency.FORBID, false);

    assertThat(rules.decide(Instant.parse("2021-05-02T00:00:00Z"), at("12:00:00"), NONE))
        .isEqualTo(new Start(at("12:00:00"), NONE, at("12:00:01")));
  }

  @Test
  void pausedItWaitsForSomethingToChange() {
    ScheduleRules rules =
        new ScheduleRules(
            Recurrence.parse("@hourly", ZoneOffset.UTC), null, Concurrency.FORBID, true);

    assertThat(decide(rules, "12:00:00", "15:00:00", NONE)).isEqualTo(new Wait(null));
  }

  @Test
  void theOldestThatAreOverAreSurplus() {
    List<Run> runs =
        List.of(
            new Run("d", at("04:00:00"), true),
            new Run("goes-on", at("00:30:00"), false),
            new Run("a", at("01:00:00"), true),
            new Run("c", at("03:00:00"), true),
            new Run("b", at("02:00:00"), true));

    assertThat(ScheduleRules.surplus(runs, 2)).extracting(Run::name).containsExactly("a", "b");
    assertThat(ScheduleRules.surplus(runs, null)).extracting(Run::name).containsExactly("a");
    assertThat(ScheduleRules.surplus(runs, 9)).isEmpty();
  }

  @Test
  void aRunIsCalledAfterItsScheduleAndTime() {
    String name = ScheduleRules.runName("nightly", "uid", at("12:00:00"));

    assertThat(name).matches("nightly-[a-z0-9]{5}");
    assertThat(ScheduleRules.runName("nightly", "uid", at("12:00:00"))).isEqualTo(name);
    assertThat(ScheduleRules.runName("nightly", "uid", at("12:30:00"))).isNotEqualTo(name);
    assertThat(ScheduleRules.runName("nightly", "other", at("12:00:00"))).isNotEqualTo(name);
  }
}
