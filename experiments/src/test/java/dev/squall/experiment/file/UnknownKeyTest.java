// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownKeyTest {

  @ParameterizedTest
  @CsvSource({
    "loss, loss, 0",
    "los, loss, 1",
    "lsos, loss, 1",
    "lass, loss, 1",
    "LOSS, loss, 0",
    "'', loss, 4",
    "peer-ports, peerPorts, 1",
    "delay, loss, 5"
  })
  void theDistanceCountsChangedLetters(String one, String other, int distance) {
    assertThat(UnknownKey.distance(one, other)).isEqualTo(distance);
    assertThat(UnknownKey.distance(other, one)).isEqualTo(distance);
  }

  @Test
  void theNearestKeyIsSuggested() {
    assertThat(UnknownKey.message("jiter", List.of("delay", "jitter", "keepOrder")))
        .isEqualTo("jiter: this key is unknown, did you mean jitter?");
  }

  @Test
  void allKeysAreNamedWhenNoneIsNear() {
    assertThat(UnknownKey.message("frobnicate", List.of("delay", "jitter")))
        .isEqualTo("frobnicate: this key is unknown, known here: delay, jitter");
  }
}
