// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.experiment.EndReason;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.RunListener;
import dev.squall.fault.HitPacket;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import java.time.Duration;
import java.util.List;

/// Remembers whether the faults have begun, and passes everything on; single packets only where
/// they were asked for.
final class ArmedWatch implements RunListener {
  private final RunListener next;
  private final boolean packets;
  private boolean armed;

  ArmedWatch(RunListener next, boolean packets) {
    this.next = next;
    this.packets = packets;
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
  public void hit(List<HitPacket> sample) {
    if (packets) {
      next.hit(sample);
    }
  }

  @Override
  public void ended(EndReason reason, Duration uncovered, List<RuleReport> rules) {
    next.ended(reason, uncovered, rules);
  }
}
