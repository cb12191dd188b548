// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapabilityTest {
  @Test
  void eachBitIsACapability() {
    assertThat(Capability.parse("000000c000081000"))
        .containsExactlyInAnyOrder(
            Capability.NET_ADMIN, Capability.SYS_PTRACE, Capability.BPF, Capability.PERFMON);
    assertThat(Capability.parse("0000000000000000")).isEmpty();
    assertThat(Capability.parse("ffffffffffffffff")).hasSize(Capability.values().length);
  }

  @Test
  void theLabelIsTheNameOfTheManual() {
    assertThat(Capability.SYS_ADMIN.label()).isEqualTo("CAP_SYS_ADMIN");
  }

  @Test
  void thisProcessHasSomeOrNone() {
    assertThat(Capability.effective()).isSubsetOf(Capability.values());
  }
}
