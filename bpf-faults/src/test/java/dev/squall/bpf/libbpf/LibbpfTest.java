// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.squall.fault.FaultException;
import org.junit.jupiter.api.Test;

class LibbpfTest {
  @Test
  void aMissingLibraryIsASentenceWithTheRemedy() {
    assertThatExceptionOfType(FaultException.class)
        .isThrownBy(() -> Libbpf.load("libbpf-that-is-not-there.so.1"))
        .withMessage(
            "libbpf-that-is-not-there.so.1 cannot be loaded; install it: apt-get install libbpf1")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.ENVIRONMENT));
  }
}
