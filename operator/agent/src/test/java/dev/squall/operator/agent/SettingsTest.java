// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void thePodSaysWhereItRuns() {
    assertThat(Settings.of(Map.of("NODE_NAME", "n1", "POD_NAMESPACE", "squall-system")))
        .isEqualTo(new Settings("n1", "squall-system", 8080, Path.of("/run/squall")));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(Map.of("NODE_NAME", "n1")))
        .withMessage("POD_NAMESPACE is not set: set it by a fieldRef to metadata.namespace");
  }

  @Test
  void aPortIsANumber() {
    Map<String, String> odd =
        Map.of("NODE_NAME", "n1", "POD_NAMESPACE", "squall-system", "HEALTH_PORT", "http");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(odd))
        .withMessage("HEALTH_PORT http: this is not a port");
  }
}
