// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.experiment.ArbitraryTraffic;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {

  @Property
  void whatIsPrintedIsReadAsTheSame(@ForAll("ranges") PortRange range) {
    assertThat(PortRange.parse(range.toString())).isEqualTo(range);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "80", "65535", "8000-8100", "1-65535"})
  void whatIsReadIsPrintedAsTheSame(String text) {
    assertThat(PortRange.parse(text)).hasToString(text);
  }

  @Test
  void aRangeOfOnePortIsThatPort() {
    assertThat(PortRange.parse("80-80")).isEqualTo(new PortRange(80, 80)).hasToString("80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0           | 0: a port is from 1 to 65535",
        "65536       | 65536: a port is from 1 to 65535",
        "80-70000    | 70000: a port is from 1 to 65535",
        "8100-8000   | 8100-8000: a range begins with its lower port, 8000-8100",
        "http        | http: ports are written as one number or a range, as in 80 or 8000-8100",
        "80-         | 80-: ports are written as one number or a range, as in 80 or 8000-8100",
        "-1          | -1: ports are written as one number or a range, as in 80 or 8000-8100",
        "9999999999  | 9999999999: ports are written as one number or a range, as in 80 or 8000-8100"
      })
  void otherTextsAreRefused(String text, String message) {
    assertThatThrownBy(() -> PortRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Provide
  Arbitrary<PortRange> ranges() {
    return ArbitraryTraffic.portRanges();
  }
}
