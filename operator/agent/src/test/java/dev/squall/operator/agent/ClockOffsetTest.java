// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05.123Z");

  /// Twelve requests, as the agent makes them.
  private static ClockOffset measure(long aheadMillis, int roundTripMillis, int fraction) {
    ClockOffset offset = ClockOffset.ANY;
    Instant sent = BEGIN.plusMillis(fraction);
    for (int i = 0; i < 12; i++) {
      Instant server = sent.minusMillis(aheadMillis).plusMillis(roundTripMillis / 2);
      Instant received = sent.plusMillis(roundTripMillis);
      offset = offset.narrowedBy(sent, received, server.truncatedTo(ChronoUnit.SECONDS));
      sent = received.plusMillis(93);
    }
    return offset;
  }

  @Property
  void theTruthIsAlwaysWithinAndTheIntervalIsNarrow(
      @ForAll @IntRange(min = -5000, max = 5000) int ahead,
      @ForAll @IntRange(max = 40) int roundTrip,
      @ForAll @IntRange(max = 999) int fraction) {
    ClockOffset offset = measure(ahead, roundTrip, fraction);
    assertThat(Duration.ofMillis(ahead)).isBetween(offset.least(), offset.most());
    assertThat(offset.most().minus(offset.least()))
        .isLessThanOrEqualTo(Duration.ofMillis(93 + 2L * roundTrip));
  }

  @Test
  void onlyAClockThatIsSurelyWrongIsRefused() {
    assertThat(measure(400, 10, 0).refusal()).isNull();
    assertThat(measure(-400, 10, 0).refusal()).isNull();
    assertThat(ClockOffset.ANY.refusal()).isNull();
    assertThat(measure(900, 10, 0).refusal()).contains(" ms ahead of the API server's");
    assertThat(measure(-900, 10, 0).refusal()).contains(" ms behind the API server's");
  }

  @Test
  void nothingIsSaidBeforeSomethingIsKnown() {
    assertThat(ClockOffset.ANY.millis()).isNull();
    assertThat(measure(250, 2, 17).millis()).isBetween(200L, 300L);
  }

  @Test
  void aClockThatWasSetInBetweenVoidsWhatWasKnown() {
    ClockOffset before = measure(0, 2, 0);
    Instant sent = BEGIN.plusSeconds(3600);
    ClockOffset after =
        before.narrowedBy(sent, sent.plusMillis(2), BEGIN.truncatedTo(ChronoUnit.SECONDS));
    assertThat(Duration.ofHours(1)).isBetween(after.least(), after.most());
  }
}
