// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.HitPacket;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import dev.squall.unit.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Remembers what it heard of a run, a line each.
public final class RecordingListener implements RunListener {

  private final List<String> lines = new ArrayList<>();

  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void armed(Experiment experiment, RunIdentity identity, List<String> notes) {
    lines.add("armed " + identity.id() + " " + notes);
  }

  @Override
  public void progress(Duration remaining, List<RuleReport> rules) {
    lines.add("progress " + DurationText.format(remaining));
  }

  @Override
  public void hit(HitPacket packet) {
    lines.add("hit");
  }

  @Override
  public void missed(long packets) {
    lines.add("missed " + packets);
  }

  @Override
  public void ended(EndReason reason, Duration uncovered, List<RuleReport> rules) {
    lines.add("ended " + reason + " uncovered " + DurationText.format(uncovered));
  }
}
