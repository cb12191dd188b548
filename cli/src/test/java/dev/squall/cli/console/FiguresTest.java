// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048576, 1.0 MiB",
    "3221225472, 3.0 GiB",
    "9223372036854775807, 8388608.0 TiB"
  })
  void bytesHaveTheirLargestUnit(long bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"PT0.0005S, 0.50 ms", "PT0.05006S, 50.06 ms", "PT1.2388S, 1.24 s"})
  void latenciesHaveTheUnitThatSuitsThem(Duration latency, String text) {
    assertThat(Figures.latency(latency)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.26S, 200ms",
    "PT9.49S, 9.4s",
    "PT25.9S, 25s",
    "PT41M40.5S, 41m40s",
    "PT24H, 24h"
  })
  void whatRemainsIsAsFineAsItIsUseful(Duration remaining, String text) {
    assertThat(Figures.remaining(remaining)).isEqualTo(text);
  }
}
