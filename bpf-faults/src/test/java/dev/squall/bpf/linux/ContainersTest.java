// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.squall.fault.FaultException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainersTest {
  private static final Map<String, Integer> RUNNING =
      Map.of("3f2a".repeat(16), 40, "3f2b".repeat(16), 50, "77aa".repeat(16), 60);

  @Test
  void aWholeIdIsFound() {
    assertThat(Containers.choose("3f2a".repeat(16), RUNNING)).isEqualTo(40);
  }

  @Test
  void aPrefixThatOnlyOneHasIsEnough() {
    assertThat(Containers.choose("77", RUNNING)).isEqualTo(60);
  }

  @Test
  void aPrefixThatSeveralHaveIsRefusedWithWhatTheyAre() {
    assertThatExceptionOfType(FaultException.class)
        .isThrownBy(() -> Containers.choose("3f2", RUNNING))
        .withMessage(
            "container 3f2: this fits 2 running containers: 3f2a3f2a3f2a, 3f2b3f2b3f2b; give more of the ID")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.USER));
  }

  @Test
  void aPrefixThatNoneHasIsRefused() {
    assertThatExceptionOfType(FaultException.class)
        .isThrownBy(() -> Containers.choose("dead", RUNNING))
        .withMessage(
            "container dead: none that runs has an ID that begins so; `docker ps`, `podman ps` or"
                + " `crictl ps` shows those there are")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.USER));
  }
}
