// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.fault.Counters;
import dev.squall.fault.Injection;
import dev.squall.fault.PacketCount;
import dev.squall.fault.RuleReport;
import dev.squall.fault.SparedPackets;
import dev.squall.operator.api.v1alpha1.PodFault.RuleCount;
import dev.squall.operator.api.v1alpha1.PodFault.Span;
import dev.squall.operator.api.v1alpha1.PodFault.Tally;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds what the kernel counts to what was counted before.
final class RuleCounts {
  private static final String SPARED = "spared";

  private record Rule(String fault, String direction) {}

  private RuleCounts() {}

  /// Of each rule one sum, in the order of their first appearance; what is spared is a rule that
  /// matches and does not hit.
  static List<RuleCount> sum(List<RuleCount> before, Injection injection) {
    Map<Rule, RuleCount> sums = new LinkedHashMap<>();
    List<RuleCount> all = new ArrayList<>(before);
    injection.report().stream().map(RuleCounts::count).forEach(all::add);
    injection.spared().stream().map(RuleCounts::count).forEach(all::add);
    for (RuleCount count : all) {
      sums.merge(new Rule(count.fault(), count.direction()), count, RuleCounts::add);
    }
    return List.copyOf(sums.values());
  }

  private static RuleCount count(RuleReport report) {
    Counters counters = report.counters();
    return new RuleCount(
        Sentence.fitName(report.fault().describe()),
        report.direction().toString(),
        tally(counters.matched()),
        tally(counters.hit()),
        counters.overflow(),
        span(counters.hits()));
  }

  private static RuleCount count(SparedPackets spared) {
    Tally matched = new Tally(spared.packets(), spared.packets());
    return new RuleCount(SPARED, spared.direction().toString(), matched, new Tally(0, 0), 0, null);
  }

  private static Tally tally(PacketCount count) {
    return new Tally(count.packets(), count.segments());
  }

  private static @Nullable Span span(Counters.@Nullable Span hits) {
    return hits == null
        ? null
        : new Span(
            hits.first().truncatedTo(ChronoUnit.MILLIS).toString(),
            hits.last().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static RuleCount add(RuleCount one, RuleCount other) {
    return new RuleCount(
        one.fault(),
        one.direction(),
        add(one.matched(), other.matched()),
        add(one.hit(), other.hit()),
        one.overflow() + other.overflow(),
        join(one.span(), other.span()));
  }

  private static Tally add(Tally one, Tally other) {
    return new Tally(one.packets() + other.packets(), one.segments() + other.segments());
  }

  private static @Nullable Span join(@Nullable Span earlier, @Nullable Span later) {
    if (earlier == null || later == null) {
      return earlier == null ? later : earlier;
    }
    return new Span(earlier.first(), later.last());
  }
}
