// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.START;
import static dev.squall.operator.agent.Samples.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
  private final Window window =
      Window.of(START, seconds(10), new Moment(START.minusSeconds(2), seconds(500)));

  @Test
  void theBeginningIsConvertedOnce() {
    assertThat(window.start()).isEqualTo(seconds(502));
    assertThat(window.end()).isEqualTo(seconds(512));
    assertThat(window.hasBegun(seconds(501.999))).isFalse();
    assertThat(window.hasBegun(seconds(502))).isTrue();
    assertThat(window.isOver(seconds(511.999))).isFalse();
    assertThat(window.isOver(seconds(512))).isTrue();
  }

  @Test
  void aBeginningMayLieInThePast() {
    Window past = Window.of(START, seconds(10), new Moment(START.plusSeconds(4), seconds(3)));
    assertThat(past.start()).isEqualTo(seconds(-1));
    assertThat(past.remaining(seconds(3))).isEqualTo(seconds(6));
  }

  @Test
  void anotherLengthMovesTheEndOnly() {
    Window longer = window.lasting(seconds(30));
    assertThat(longer.start()).isEqualTo(window.start());
    assertThat(longer.end()).isEqualTo(seconds(532));
  }

  @Test
  void timesAreToldInTheTermsOfTheAgreement() {
    assertThat(window.wall(seconds(503.5))).isEqualTo(START.plusMillis(1500));
  }
}
