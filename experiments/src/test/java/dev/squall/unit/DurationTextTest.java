// SPDX-License-Identifier: Apache-2.0
package dev.squall.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @Property
  void whatIsPrintedIsReadAsTheSame(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long nanos) {
    Duration duration = Duration.ofNanos(nanos);

    assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "50ms",
        "1.5s",
        "200us",
        "2m",
        "1h30m",
        "0s",
        "1ns",
        "60s",
        "90s",
        "24h",
        "1h1s",
        "2m500ms",
        "1.000000001s",
        "100h"
      })
  void whatIsReadIsPrintedAsTheSame(String text) {
    assertThat(DurationText.format(DurationText.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1500ms, PT1.5S",
    "1.5h, PT1H30M",
    "1m, PT1M",
    "200µs, PT0.0002S",
    "1h2m3s4ms5us6ns, PT1H2M3.004005006S"
  })
  void otherSpellingsAreRead(String text, Duration duration) {
    assertThat(DurationText.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "50", "ms", "50 ms", "-50ms", "1d", "30m1h", "1m1m", "1e3ms", "1.ms", "50MS"})
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            text
                + ": a duration is a number with its unit (h, m, s, ms, us, ns), as in 30s or"
                + " 1h30m");
  }

  @Test
  void nothingIsFinerThanANanosecond() {
    assertThatThrownBy(() -> DurationText.parse("0.5ns"))
        .hasMessage("0.5ns: a duration is a whole number of nanoseconds, and at most 292 years");
  }

  @Test
  void nothingIsLongerThanANumberOfNanosecondsCanSay() {
    assertThat(DurationText.parse("9223372036854775807ns").toNanos()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> DurationText.parse("9999999999999999999h"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void negativeDurationsAreNotPrinted() {
    assertThatThrownBy(() -> DurationText.format(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
