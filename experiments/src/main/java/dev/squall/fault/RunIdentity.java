// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import org.jspecify.annotations.Nullable;

/// What tells one run of an experiment from every other.
///
/// @param id the name under which `status` and `stop` know the run, not empty
/// @param command what the user asked for, to be shown by `status`
/// @param seed decides every random choice; the same seed makes the same choices again
/// @param dryRun whether packets are only counted and never touched
/// @param everyHit whether each packet hit is recorded, instead of a sample
/// @param exemption a flow to spare; null when there is none
public record RunIdentity(
    String id,
    String command,
    long seed,
    boolean dryRun,
    boolean everyHit,
    @Nullable FlowExemption exemption) {

  public RunIdentity {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a run needs an id that is not blank");
    }
  }
}
