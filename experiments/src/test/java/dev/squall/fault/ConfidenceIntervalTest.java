// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceIntervalTest {

  /// Expected values from the published example of 15 in 148 (Newcombe, Stat. Med. 17, 1998, table
  /// I: 81/263, 15/148, 0/20, 1/29, method 3).
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void publishedIntervalsAreFound(long hits, long trials, double low, double high) {
    ConfidenceInterval interval = ConfidenceInterval.wilson(hits, trials, 1.959964);

    assertThat(interval.low()).isEqualTo(low, within(0.00005));
    assertThat(interval.high()).isEqualTo(high, within(0.00005));
  }

  @Test
  void withoutTrialsEverythingIsPossible() {
    assertThat(ConfidenceInterval.wilson(0, 0, 4.1)).isEqualTo(new ConfidenceInterval(0, 1));
  }

  @Property
  void theObservedShareIsAlwaysInside(
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long trials, @ForAll Random random) {
    long hits = random.nextLong(trials + 1);
    ConfidenceInterval interval = ConfidenceInterval.wilson(hits, trials, 4.1);

    assertThat(interval.contains((double) hits / trials)).isTrue();
    assertThat(interval.low()).isBetween(0.0, interval.high());
    assertThat(interval.high()).isLessThanOrEqualTo(1);
  }

  @Test
  void thereAreNoMoreHitsThanTrials() {
    assertThatThrownBy(() -> ConfidenceInterval.wilson(2, 1, 4.1))
        .hasMessage("2 hits: there are from 0 to 1, one per trial");
    assertThatThrownBy(() -> ConfidenceInterval.wilson(-1, 1, 4.1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
