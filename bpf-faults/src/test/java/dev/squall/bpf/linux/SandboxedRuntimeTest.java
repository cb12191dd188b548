// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SandboxedRuntimeTest {
  @Test
  void theFirstProcessTellsTheRuntime() {
    assertThat(SandboxedRuntime.of("runsc-sandbox\0--root=/run/containerd/runsc\0"))
        .isEqualTo("gVisor");
    assertThat(SandboxedRuntime.of("/opt/kata/bin/qemu-system-x86_64\0-name\0"))
        .isEqualTo("Kata Containers");
    assertThat(SandboxedRuntime.of("/usr/bin/containerd-shim-kata-v2\0"))
        .isEqualTo("Kata Containers");
  }

  @Test
  void anythingElseIsOrdinary() {
    assertThat(SandboxedRuntime.of("/pause\0")).isNull();
    assertThat(SandboxedRuntime.of("sh\0-c\0runsc-sandbox\0")).isNull();
    assertThat(SandboxedRuntime.of("")).isNull();
  }
}
