// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.demo;

import dev.squall.experiment.EndReason;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.RunListener;
import dev.squall.fault.HitPacket;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import java.time.Duration;
import java.util.List;

/// Lets the users in when the fault is on; their thread does not keep the process alive.
final class Curtain implements RunListener {
  private final Runnable users;

  Curtain(Runnable users) {
    this.users = users;
  }

  @Override
  public void armed(Experiment experiment, RunIdentity identity, List<String> notes) {
    Thread.ofPlatform().daemon().name("demo-users").start(users);
  }

  @Override
  public void progress(Duration remaining, List<RuleReport> rules) {}

  @Override
  public void hit(HitPacket packet) {}

  @Override
  public void ended(EndReason reason, Duration uncovered, List<RuleReport> rules) {}
}
