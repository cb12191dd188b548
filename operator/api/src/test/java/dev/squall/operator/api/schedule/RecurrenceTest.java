// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Recurrence utc(String text) {
    return Recurrence.parse(text, ZoneOffset.UTC);
  }

  private static Instant at(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */15 * * * *      | 2026-07-09T14:45:00Z | 2026-07-09T15:00:00Z
          */15 * * * *      | 2026-07-09T14:59:59Z | 2026-07-09T15:00:00Z
          5/15 * * * *      | 2026-07-09T14:59:59Z | 2026-07-09T15:05:00Z
          */35 * * * * *    | 2026-07-09T14:00:00Z | 2026-07-09T14:00:35Z
          20-35/15 * * * * *| 2026-07-09T14:00:35Z | 2026-07-09T14:01:20Z
          0 0 29 2 *        | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z
          0 0 31 * *        | 2026-01-31T00:00:00Z | 2026-03-31T00:00:00Z
          30 9 * * MON-FRI  | 2026-07-10T09:30:00Z | 2026-07-13T09:30:00Z
          0 0 1,15 * Sun    | 2026-07-09T00:00:00Z | 2026-07-12T00:00:00Z
          0 0 1,15 * Sun    | 2026-07-12T00:00:00Z | 2026-07-15T00:00:00Z
          0 0 * Feb Mon     | 2026-02-28T00:00:00Z | 2027-02-01T00:00:00Z
          0 0 */2 * 1       | 2026-07-05T00:00:00Z | 2026-07-06T00:00:00Z
          59 23 31 12 ?     | 2026-12-31T23:59:00Z | 2027-12-31T23:59:00Z
          15,45 59 23 * * * | 2026-07-09T23:59:15Z | 2026-07-09T23:59:45Z
          0 1,3 * * *       | 2026-07-09T01:00:00Z | 2026-07-09T03:00:00Z
          @hourly           | 2026-07-09T14:00:00Z | 2026-07-09T15:00:00Z
          @daily            | 2026-07-09T14:00:00Z | 2026-07-10T00:00:00Z
          @midnight         | 2026-07-09T14:00:00Z | 2026-07-10T00:00:00Z
          @weekly           | 2026-07-09T14:00:00Z | 2026-07-12T00:00:00Z
          @monthly          | 2026-07-09T14:00:00Z | 2026-08-01T00:00:00Z
          @yearly           | 2026-07-09T14:00:00Z | 2027-01-01T00:00:00Z
          @annually         | 2026-07-09T14:00:00Z | 2027-01-01T00:00:00Z
          @every 1h30m      | 2026-07-09T14:00:00.5Z | 2026-07-09T15:30:00Z
          @every 300ms      | 2026-07-09T14:00:00Z | 2026-07-09T14:00:01Z
          TZ=Asia/Tokyo 0 9 * * * | 2026-07-09T00:00:00Z | 2026-07-10T00:00:00Z
          CRON_TZ=America/New_York 0 9 * * * | 2026-07-09T00:00:00Z | 2026-07-09T13:00:00Z
          """)
  void comesNext(String text, String after, String next) {
    assertThat(utc(text).next(at(after))).isEqualTo(at(next));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 7",
        "*/0 * * * *",
        "5-1 * * * *",
        "a * * * *",
        "1,,2 * * * *",
        "@never",
        "@every soon",
        "TZ=Mars/Phobos * * * * *",
        "0 0 30 2 *",
        "@every -5s",
        "-1 * * * *"
      })
  void whatIsNoScheduleIsRefusedInASentence(String text) {
    assertThatThrownBy(() -> utc(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schedule");
  }

  /// At 02:00 the clocks go to 03:00 on 29 March 2026.
  @Test
  void aTimeThatTheClocksLeaveOutDoesNotCome() {
    Recurrence halfPastTwo = Recurrence.parse("30 2 * * *", BERLIN);
    Recurrence hourly = Recurrence.parse("0 * * * *", BERLIN);

    assertThat(halfPastTwo.next(at("2026-03-28T02:30:00+01:00")))
        .isEqualTo(at("2026-03-30T02:30:00+02:00"));
    assertThat(hourly.next(at("2026-03-29T01:00:00+01:00")))
        .isEqualTo(at("2026-03-29T03:00:00+02:00"));
  }

  /// At 03:00 the clocks go back to 02:00 on 25 October 2026.
  @Test
  void aTimeThatTheClocksShowTwiceComesTwice() {
    Recurrence halfPastTwo = Recurrence.parse("30 2 * * *", BERLIN);
    List<Instant> times = new ArrayList<>();
    Instant time = at("2026-10-24T12:00:00+02:00");
    for (int i = 0; i < 3; i++) {
      time = Objects.requireNonNull(halfPastTwo.next(time));
      times.add(time);
    }

    assertThat(times)
        .containsExactly(
            at("2026-10-25T02:30:00+02:00"),
            at("2026-10-25T02:30:00+01:00"),
            at("2026-10-26T02:30:00+01:00"));
  }

  @Test
  void everyMinuteComesEveryMinuteThroughBothChanges() {
    Recurrence minutes = Recurrence.parse("* * * * *", BERLIN);
    for (String start : List.of("2026-03-29T00:00:00Z", "2026-10-25T00:00:00Z")) {
      Instant time = at(start);
      for (int i = 0; i < 180; i++) {
        Instant next = Objects.requireNonNull(minutes.next(time));
        assertThat(Duration.between(time, next)).isEqualTo(Duration.ofMinutes(1));
        time = next;
      }
    }
  }

  /// The latest one is that after which none comes.
  @Property(tries = 200)
  void latestIsTheLastThatComes(
      @ForAll @LongRange(min = 1, max = 40_000_000) long span,
      @ForAll @IntRange(min = 0, max = 5) int which) {
    String text =
        List.of("*/7 * * * *", "0 3 * * *", "* * 3 * * *", "30 2 1 * *", "@daily", "0 0 1 1 *")
            .get(which);
    Recurrence recurrence = Recurrence.parse(text, BERLIN);
    Instant last = at("2026-01-05T10:11:12Z");
    Instant now = last.plusSeconds(span);

    Instant latest = recurrence.latest(last, now);

    Instant from = latest == null ? last : latest;
    assertThat(recurrence.next(from)).isAfter(now);
    if (latest != null) {
      assertThat(latest).isAfter(last).isBeforeOrEqualTo(now);
      assertThat(recurrence.next(latest.minusSeconds(1))).isEqualTo(latest);
    }
  }

  @Test
  void everyGoesOnFromTheLastOne() {
    Recurrence every = utc("@every 10m");
    Instant last = at("2026-01-01T00:03:00Z");

    assertThat(every.latest(last, at("2026-01-01T00:12:59Z"))).isNull();
    assertThat(every.latest(last, at("2026-01-01T00:13:00Z"))).isEqualTo("2026-01-01T00:13:00Z");
    assertThat(every.latest(last, at("2027-01-01T00:00:00Z"))).isEqualTo("2026-12-31T23:53:00Z");
  }
}
