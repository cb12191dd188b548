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

/// Writes packets that were hit into a file, and passes everything on.
final class AuditWatch implements RunListener {
  private final RunListener next;
  private final AuditFile file;

  AuditWatch(RunListener next, AuditFile file) {
    this.next = next;
    this.file = file;
  }

  @Override
  public void armed(Experiment experiment, RunIdentity identity, List<String> notes) {
    next.armed(experiment, identity, notes);
  }

  @Override
  public void progress(Duration remaining, List<RuleReport> rules) {
    file.flush();
    next.progress(remaining, rules);
  }

  @Override
  public void hit(HitPacket packet) {
    file.add(packet);
    next.hit(packet);
  }

  @Override
  public void missed(long packets) {
    file.miss(packets);
    next.missed(packets);
  }

  @Override
  public void ended(EndReason reason, Duration uncovered, List<RuleReport> rules) {
    file.flush();
    next.ended(reason, uncovered, rules);
  }
}
