// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.experiment.EndReason;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.RunListener;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import java.time.Duration;
import java.util.List;

/// Remembers whether the faults have begun, and passes everything on.
final class ArmedWatch implements RunListener {
  private final RunListener next;
  private boolean armed;

  ArmedWatch(RunListener next) {
    this.next = next;
  }

  boolean isArmed() {
    return armed;
  }

  @Override
  public void armed(Experiment experiment, RunIdentity identity, List<String> notes) {
    armed = true;
    next.armed(experiment, identity, notes);
  }

  @Override
  public void progress(Duration remaining, List<RuleReport> rules) {
    next.progress(remaining, rules);
  }

  @Override
  public void ended(EndReason reason, Duration uncovered, List<RuleReport> rules) {
    next.ended(reason, uncovered, rules);
  }
}
