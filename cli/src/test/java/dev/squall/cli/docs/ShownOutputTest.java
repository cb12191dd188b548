// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownOutputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          100 sent, 27% lost       | 100 sent, 3% lost
          armed 6317512c (seed 12) | armed deadbeef (seed 4294967295)
          54  5.2 KiB              | 8 312 B
          time 0.333/0.5 ms        | time 0.1/12.5 ms
          curl: (7) …              | curl: (7) Could not connect
          squall-c326 goes         | squall-face goes
          mdev = 0.1/4.2 ms        | mdev = 0.1/4.2 ms, pipe 2
          mdev = 0.1/4.2 ms, pipe 4 | mdev = 0.1/4.2 ms
          """)
  void whatVariesMayDiffer(String shown, String real) {
    assertThat(read(shown, real)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          loss 30% of netns web    | loss 30% of netns client
          100 packets transmitted  | 100 packets sent
          DELAY P50                | DELAY
          FAULT  HIT               | FAULT  HIT  SHARE
          50.1 ms                  | 50.1 s
          seed 4711 and 4711       | seed 1 and 2
          """)
  void wordsMayNot(String shown, String real) {
    assertThat(read(shown, real)).isNull();
  }

  @Test
  void whatTheCommandSaysIsWhatHasToComeOut() {
    ShownOutput shown =
        new ShownOutput("inject --loss 30% --for 4s", List.of("loss 30%, for 4s"), Map.of());
    assertThat(shown.read("loss 30%, for 4s\n")).isNotNull();
    assertThat(shown.read("loss 20%, for 4s\n")).isNull();
  }

  @Test
  void anEllipsisAloneStandsForAnyLines() {
    ShownOutput shown = new ShownOutput("ping", List.of("first", "…", "last"), Map.of());
    assertThat(shown.read("first\nlast\n")).isNotNull();
    assertThat(shown.read("first\nsecond\nthird\nlast\n")).isNotNull();
    assertThat(shown.read("first\nsecond\n")).isNull();
  }

  @Test
  void theCountdownIsLeftOut() {
    ShownOutput shown = new ShownOutput("inject", List.of("armed", "ended"), Map.of());
    assertThat(shown.read("armed\n54s left: loss 30% matched 3\n9.3s left: loss\nended\n"))
        .isNotNull();
  }

  @Test
  void aBeginningIsEnoughWhileTheCommandGoesOn() {
    ShownOutput shown = new ShownOutput("inject", List.of("armed 1"), Map.of());
    assertThat(shown.readBeginning("armed 7\nended\n")).isNotNull();
    assertThat(shown.readBeginning("arm")).isNull();
  }

  @Test
  void aNameOfThePageIsTheSameThroughout() {
    Map<String, String> known =
        new ShownOutput("status", List.of("43cfa68d  22824"), Map.of()).read("0148b7a0  5911\n");
    assertThat(known).containsEntry("43cfa68d", "0148b7a0").containsEntry("22824", "5911");
    ShownOutput later = new ShownOutput("stop", List.of("stopped 43cfa68d"), known);
    assertThat(later.read("stopped 0148b7a0\n")).isNotNull();
    assertThat(later.read("stopped 1111b7a0\n")).isNull();
  }

  private static @Nullable Map<String, String> read(String shown, String real) {
    return new ShownOutput("ping", List.of(shown), Map.of()).read(real + "\n");
  }
}
