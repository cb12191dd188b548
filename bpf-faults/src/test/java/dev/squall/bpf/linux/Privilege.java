// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import org.junit.jupiter.api.Assumptions;

/// What tests that touch the kernel need.
public final class Privilege {
  private Privilege() {}

  /// Skips the test with the reason when this process may not change the kernel's networking. Where
  /// the build must be complete nothing is skipped: there the test goes on and fails.
  public static void require() {
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(
          Capability.effective().contains(Capability.SYS_ADMIN),
          "needs root: it makes network namespaces and loads BPF programs");
    }
  }
}
