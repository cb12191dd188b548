// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.Figures;
import dev.squall.fault.Corrupt;
import dev.squall.fault.Delay;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Loss;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.Partition;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
import dev.squall.fault.Reset;
import dev.squall.fault.RuleReport;
import dev.squall.target.TrafficFilter;
import java.util.ArrayList;
import java.util.List;

/// What a reader of the figures must be told, because the figures alone would mislead.
final class Findings {
  private Findings() {}

  /// One sentence per finding; none when all is well.
  static List<String> of(RunPlan plan, List<RuleReport> rules) {
    List<String> findings = new ArrayList<>();
    if (rules.stream().allMatch(rule -> rule.counters().matched().packets() == 0)) {
      findings.add(nothingMatched(plan.experiment().traffic(), rules));
    }
    for (RuleReport rule : rules) {
      if (!plan.experiment().faults().contains(rule.fault())) {
        findings.add(adjusted(rule));
      }
      if (rule.counters().overflow() > 0) {
        findings.add(overflow(rule));
      }
      if (rule.counters().others().marked() > 0) {
        findings.add(marked(rule));
      }
    }
    rules.stream()
        .filter(rule -> rule.counters().others().nameless() > 0)
        .map(Findings::nameless)
        .distinct()
        .forEach(findings::add);
    String incomplete = plan.audit() == null ? null : plan.audit().finding();
    if (incomplete != null) {
      findings.add(incomplete);
    }
    return findings;
  }

  private static String adjusted(RuleReport rule) {
    return "adjusted: %s on %s of %s had another share before, and the figures are of both"
        .formatted(rule.fault().describe(), rule.direction(), rule.networkInterface());
  }

  private static String nameless(RuleReport rule) {
    return "nameless: %s flows on %s of %s passed, because the name of their server could not be read"
        .formatted(
            Figures.count(rule.counters().others().nameless()),
            rule.networkInterface(),
            rule.target().describe());
  }

  private static String nothingMatched(TrafficFilter traffic, List<RuleReport> rules) {
    String places =
        String.join(" and ", rules.stream().map(RuleReport::networkInterface).distinct().toList());
    List<String> selection = TrafficText.selection(traffic);
    String filter =
        selection.isEmpty() ? "" : ", and whether it fits: " + String.join(", ", selection);
    return "matched no packet: check that traffic flows through %s in this direction (seen from the target)%s"
        .formatted(places.isEmpty() ? "the interface" : places, filter);
  }

  private static String overflow(RuleReport rule) {
    return "overflow: %s packets on %s of %s %s"
        .formatted(
            Figures.count(rule.counters().overflow()),
            rule.direction().toString(),
            rule.networkInterface(),
            meaning(rule.fault()));
  }

  private static String marked(RuleReport rule) {
    return "marked: %s packets on %s of %s told their receiver of the congestion (ECN) instead"
        .formatted(
            Figures.count(rule.counters().others().marked()),
            rule.direction().toString(),
            rule.networkInterface());
  }

  private static String meaning(Fault fault) {
    return switch (fault) {
      case Delay delay ->
          "passed without delay%s, because the line could not hold them: send less or delay less"
              .formatted(delay.keepOrder() ? " and overtook those that waited" : "");
      case Reorder _ ->
          "passed without being held, because the line could not hold them: send less";
      case DnsFailure _ -> "passed as they were, because they could not be rewritten";
      case Rate _ -> "were dropped, because the backlog was full";
      case Loss _, GilbertElliottLoss _, FourStateLoss _, PeriodicLoss _, MtuBlackhole _ ->
          "passed although they were to be lost";
      case Duplicate _ -> "passed once, because no copy could be made";
      case Corrupt _ ->
          "passed unharmed: they have no payload, or a checksum that another fragment carries";
      case Reset _ -> "passed although they were to be reset, because no copy could be made";
      case Partition _ ->
          "were dropped without an answer: at most 1,000 a second are sent, and none about ICMP errors, later fragments and multicast";
    };
  }
}
