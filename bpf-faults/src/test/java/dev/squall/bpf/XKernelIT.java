// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class XKernelIT {
  @Test
  void objectIsThere() {
    assertThat(XKernelIT.class.getResource("x.bpf.o")).isNotNull();
  }
}
