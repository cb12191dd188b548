// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;

/// For both directions, the rules that some value satisfies.
record Masks(long egress, long ingress) {
  static final Masks NONE = new Masks(0, 0);

  static Masks of(int direction, int bit) {
    long mask = 1L << bit;
    return direction == FaultAbi.EGRESS ? new Masks(mask, 0) : new Masks(0, mask);
  }

  Masks or(Masks other) {
    return new Masks(egress | other.egress, ingress | other.ingress);
  }

  long of(int direction) {
    return direction == FaultAbi.EGRESS ? egress : ingress;
  }
}
