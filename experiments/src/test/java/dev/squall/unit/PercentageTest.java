// SPDX-License-Identifier: Apache-2.0
package dev.squall.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.squall.experiment.ArbitraryExperiments;
import java.math.BigDecimal;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentageTest {

  @Property
  void whatIsPrintedIsReadAsTheSame(@ForAll("percentages") Percentage percentage) {
    assertThat(Percentage.parse(percentage.toString())).isEqualTo(percentage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5%", "0.01%", "100%", "99.999999999%", "0.000000001%", "33.3%"})
  void whatIsReadIsPrintedAsTheSame(String text) {
    assertThat(Percentage.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"0.01 %, 0.01%", "5.0%, 5%", "100.000%, 100%", "005%, 5%"})
  void otherSpellingsArePrintedInTheUsualOne(String text, String usual) {
    assertThat(Percentage.parse(text)).hasToString(usual).isEqualTo(Percentage.parse(usual));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0%", "105%", "100.000000001%", "-5%", "5‰", "five%", "", "%", "5%%", ".5%"})
  void whatIsNoPercentageIsRefused(String text) {
    assertThatThrownBy(() -> Percentage.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + ": a percentage is above 0% and at most 100%, as in 5% or 0.01%");
  }

  @Test
  void theSignIsNeeded() {
    assertThatThrownBy(() -> Percentage.parse("5"))
        .hasMessage("5: a percentage is written with its sign, as in 5%");
  }

  @Test
  void finerSharesThanTheKernelDrawsAreRefused() {
    assertThatThrownBy(() -> Percentage.parse("0.0000000001%"))
        .hasMessage("0.0000000001%: a percentage has at most 9 digits after the point");
  }

  @Test
  void theFractionIsOfOne() {
    assertThat(Percentage.parse("5%").fraction()).isEqualTo(0.05, within(1e-15));
    assertThat(new Percentage(BigDecimal.valueOf(100)).fraction()).isEqualTo(1);
  }

  @Provide
  Arbitrary<Percentage> percentages() {
    return ArbitraryExperiments.percentages();
  }
}
