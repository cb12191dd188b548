// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.Figures;
import dev.squall.cli.console.LiveArea;
import dev.squall.cli.console.Paint;
import dev.squall.experiment.EndReason;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.RunListener;
import dev.squall.fault.HitPacket;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A table that is redrawn in place, with a countdown below it.
///
/// It begins and ends with the same lines as [PlainView].
final class LiveView implements RunListener {
  private static final Duration PACE = Duration.ofMillis(200);

  private final Console console;
  private final RunPlan plan;
  private final PlainView plain;
  private final LiveArea area;
  private final Pace pace;

  LiveView(Console console, RunPlan plan) {
    this.console = console;
    this.plan = plan;
    this.plain = new PlainView(console, plan);
    this.area = new LiveArea(console);
    this.pace = new Pace(PACE, plan.experiment().duration());
  }

  @Override
  public void armed(Experiment experiment, RunIdentity identity, List<String> notes) {
    plain.armed(experiment, identity, notes);
  }

  @Override
  public void progress(Duration remaining, List<RuleReport> rules) {
    if (pace.isDue(remaining)) {
      area.draw(frame(remaining, rules));
    }
  }

  /// Above the table, which is drawn again with the progress that follows.
  @Override
  public void hit(HitPacket packet) {
    area.clear();
    plain.hit(packet);
  }

  @Override
  public void ended(EndReason reason, Duration uncovered, List<RuleReport> rules) {
    area.clear();
    plain.ended(reason, uncovered, rules);
  }

  private List<String> frame(Duration remaining, List<RuleReport> rules) {
    List<String> lines = new ArrayList<>(new RuleTable(plan, rules).lines());
    for (int i = 1; i < lines.size(); i++) {
      if (rules.get(i - 1).counters().overflow() > 0) {
        lines.set(i, console.paint(Paint.YELLOW, lines.get(i)));
      }
    }
    lines.add(
        console.paint(
            Paint.DIM, Figures.remaining(remaining) + " left; Ctrl-C ends it and cleans up"));
    return lines;
  }
}
