// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.RuleReport;
import java.time.Duration;
import java.util.List;

/// How a run ended and what the kernel had counted by then.
///
/// @param uncovered how long the faults had been off before the run noticed; zero unless the lease
///   was lost
/// @param rules empty when the run was stopped before it began
public record Outcome(EndReason reason, Duration uncovered, List<RuleReport> rules) {

  public Outcome {
    rules = List.copyOf(rules);
  }
}
