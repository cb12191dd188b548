// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.Figures;
import dev.squall.cli.console.Paint;
import dev.squall.experiment.EndReason;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.RunListener;
import dev.squall.fault.HitPacket;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import java.time.Duration;
import java.util.List;

/// Plain lines for a log: what was armed, a line every few seconds, the table at the end.
final class PlainView implements RunListener {
  private static final Duration PACE = Duration.ofSeconds(5);

  private final Console console;
  private final RunPlan plan;
  private final Announcement announcement;
  private final Pace pace;
  private boolean armed;

  PlainView(Console console, RunPlan plan) {
    this.console = console;
    this.plan = plan;
    this.announcement = new Announcement(plan);
    this.pace = new Pace(PACE, plan.experiment().duration());
  }

  @Override
  public void armed(Experiment experiment, RunIdentity identity, List<String> notes) {
    armed = true;
    announcement.armed(notes).forEach(console::line);
  }

  @Override
  public void progress(Duration remaining, List<RuleReport> rules) {
    if (pace.isDue(remaining)) {
      String counted = String.join("; ", rules.stream().map(PlainView::counted).toList());
      console.line(Figures.remaining(remaining) + " left: " + counted);
    }
  }

  @Override
  public void hit(HitPacket packet) {
    console.line(PacketText.describe(packet));
  }

  /// Without a table where a signal came before the faults began.
  @Override
  public void ended(EndReason reason, Duration uncovered, List<RuleReport> rules) {
    if (!armed) {
      console.line("ended %s before it began".formatted(plan.identity().id()));
      return;
    }
    List<String> findings = Findings.of(plan, rules);
    boolean doubtful = reason == EndReason.LEASE_LOST || !findings.isEmpty();
    Paint paint = doubtful ? Paint.YELLOW : Paint.BOLD;
    console.line(console.paint(paint, announcement.ended(reason, uncovered)));
    new RuleTable(plan, rules).lines().forEach(console::line);
    if (plan.audit() != null) {
      console.line(plan.audit().summary());
    }
    findings.forEach(finding -> console.line(console.paint(Paint.YELLOW, finding)));
  }

  private static String counted(RuleReport rule) {
    return "%s %s %s matched %s hit %s"
        .formatted(
            rule.fault().describe(),
            rule.direction().toString(),
            rule.networkInterface(),
            Figures.count(rule.counters().matched().packets()),
            Figures.count(rule.counters().hit().packets()));
  }
}
