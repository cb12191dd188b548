// SPDX-License-Identifier: Apache-2.0
package dev.squall.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  @Property
  void ratesThatArePrintedAreReadAsTheSame(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long bits) {
    BitRate rate = new BitRate(bits);

    assertThat(BitRate.parse(rate.toString())).isEqualTo(rate);
  }

  @Property
  void sizesThatArePrintedAreReadAsTheSame(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long bytes) {
    ByteSize size = new ByteSize(bytes);

    assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"800bit", "100kbit", "10mbit", "1.5gbit", "2tbit", "1.234567mbit"})
  void ratesThatAreReadArePrintedAsTheSame(String text) {
    assertThat(BitRate.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1500B", "64kB", "1.5KiB", "32KiB", "1MiB", "10MB", "1GiB", "1280B", "128MB", "1.5MiB"
      })
  void sizesThatAreReadArePrintedAsTheSame(String text) {
    assertThat(ByteSize.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"1000kbit, 1000000", "1.5Mbit, 1500000", "10 mbit, 10000000", "0.5kbit, 500"})
  void ratesAreDecimal(String text, long bits) {
    assertThat(BitRate.parse(text).bitsPerSecond()).isEqualTo(bits);
  }

  @ParameterizedTest
  @CsvSource({"1kB, 1000", "1KiB, 1024", "1.5KiB, 1536", "1MB, 1000000", "0.5MiB, 524288"})
  void sizesAreDecimalOrBinary(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0bit", "1.5bit", "10mbps", "10", "-1kbit", "", "9999999999tbit"})
  void whatIsNoRateIsRefused(String text) {
    assertThatThrownBy(() -> BitRate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text + ": a rate is a whole number of bits per second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B", "1.5B", "64K", "64kb", "10", "-1kB", "", "99999999999GiB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text + ": a size is a whole number of bytes");
  }

  @Test
  void nothingIsNoRateAndNoSize() {
    assertThatThrownBy(() -> new BitRate(0)).hasMessageStartingWith("0bit: a rate");
    assertThatThrownBy(() -> new ByteSize(-1)).hasMessageStartingWith("-1B: a size");
  }
}
