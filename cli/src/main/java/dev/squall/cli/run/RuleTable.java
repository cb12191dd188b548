// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.Figures;
import dev.squall.cli.console.TextTable;
import dev.squall.cli.console.TextTable.Column;
import dev.squall.fault.Counters;
import dev.squall.fault.DelayHistogram;
import dev.squall.fault.RuleReport;
import dev.squall.target.Selection;
import java.util.ArrayList;
import java.util.List;

/// What the kernel counted, one row per rule.
///
/// Columns that would say the same in every row are left out: the target when there is one,
/// segments when every packet was one, delays when nothing was delayed.
final class RuleTable {
  private final List<RuleReport> rules;
  private final boolean dryRun;
  private final Selection selection;
  private final boolean targets;
  private final boolean segments;
  private final boolean delays;

  RuleTable(RunPlan plan, List<RuleReport> rules) {
    this.rules = rules;
    this.dryRun = plan.identity().dryRun();
    this.selection = plan.experiment().traffic().selection();
    this.targets = rules.stream().map(RuleReport::target).distinct().count() > 1;
    this.segments = rules.stream().anyMatch(RuleTable::hasLargePackets);
    this.delays = rules.stream().anyMatch(rule -> rule.delays().count() > 0);
  }

  List<String> lines() {
    TextTable table = new TextTable(columns());
    rules.forEach(rule -> table.row(cells(rule)));
    return table.lines();
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("FAULT"));
    columns.add(Column.words("DIRECTION"));
    if (targets) {
      columns.add(Column.words("TARGET"));
    }
    columns.add(Column.words("INTERFACE"));
    columns.add(Column.figures("MATCHED"));
    columns.add(Column.figures(dryRun ? "WOULD HAVE BEEN HIT" : "HIT"));
    columns.add(Column.figures("SHARE (95 %)"));
    if (segments) {
      columns.add(Column.figures("SEGMENTS"));
    }
    columns.add(Column.figures("BYTES"));
    if (delays) {
      columns.add(Column.figures("DELAY P50"));
      columns.add(Column.figures("P99"));
    }
    return columns;
  }

  private List<String> cells(RuleReport rule) {
    Counters counters = rule.counters();
    List<String> cells = new ArrayList<>();
    cells.add(rule.fault().describe());
    cells.add(rule.direction().toString());
    if (targets) {
      cells.add(rule.target().describe());
    }
    cells.add(rule.networkInterface());
    cells.add(Figures.count(counters.matched().packets()));
    cells.add(Figures.count(counters.hit().packets()));
    cells.add(share(rule));
    if (segments) {
      cells.add(
          "%s of %s"
              .formatted(
                  Figures.count(counters.hit().segments()),
                  Figures.count(counters.matched().segments())));
    }
    cells.add(Figures.bytes(counters.hitBytes()));
    if (delays) {
      cells.add(quantile(rule.delays(), 0.5));
      cells.add(quantile(rule.delays(), 0.99));
    }
    return cells;
  }

  private String share(RuleReport rule) {
    if (rule.counters().matched().packets() == 0) {
      return "-";
    }
    // The first packets of a flow that is hit end it, so a share of packets would mislead.
    return selection == Selection.FLOW ? "per flow" : Share.of(rule, selection).toString();
  }

  private static String quantile(DelayHistogram delays, double quantile) {
    return delays.count() == 0 ? "-" : Figures.latency(delays.quantile(quantile));
  }

  private static boolean hasLargePackets(RuleReport rule) {
    return rule.counters().matched().segments() != rule.counters().matched().packets();
  }
}
