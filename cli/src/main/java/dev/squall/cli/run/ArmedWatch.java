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
import java.util.function.Predicate;

/// Remembers whether the faults have begun, and passes everything on, but of the packets only those
/// that are to be shown.
final class ArmedWatch implements RunListener {
  private final RunListener next;
  private final Predicate<HitPacket> shown;
  private boolean armed;

  ArmedWatch(RunListener next, Predicate<HitPacket> shown) {
    this.next = next;
    this.shown = shown;
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
  public void hit(HitPacket packet) {
    if (shown.test(packet)) {
      next.hit(packet);
    }
  }

  @Override
  public void ended(EndReason reason, Duration uncovered, List<RuleReport> rules) {
    next.ended(reason, uncovered, rules);
  }
}
