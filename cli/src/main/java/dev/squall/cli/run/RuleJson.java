// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.squall.cli.console.Figures;
import dev.squall.fault.ConfidenceInterval;
import dev.squall.fault.Counters;
import dev.squall.fault.DelayHistogram;
import dev.squall.fault.RuleReport;
import dev.squall.target.Selection;
import java.io.IOException;
import java.util.List;

/// The array `rules` of a JSON event.
final class RuleJson {
  private RuleJson() {}

  static void write(JsonGenerator json, List<RuleReport> rules, Selection selection)
      throws IOException {
    json.writeArrayFieldStart("rules");
    for (RuleReport rule : rules) {
      json.writeStartObject();
      writeRule(json, rule);
      writeCounters(json, rule.counters());
      writeShare(json, rule, selection);
      writeDelays(json, rule.delays());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeRule(JsonGenerator json, RuleReport rule) throws IOException {
    json.writeStringField("fault", rule.fault().name());
    json.writeStringField("parameters", rule.fault().describe());
    json.writeStringField("direction", rule.direction().toString());
    json.writeStringField("interface", rule.networkInterface());
    json.writeStringField("target", rule.target().describe());
  }

  private static void writeCounters(JsonGenerator json, Counters counters) throws IOException {
    json.writeNumberField("matched", counters.matched().packets());
    json.writeNumberField("matchedSegments", counters.matched().segments());
    json.writeNumberField("hit", counters.hit().packets());
    json.writeNumberField("hitSegments", counters.hit().segments());
    json.writeNumberField("hitBytes", counters.hitBytes());
    json.writeNumberField("overflow", counters.overflow());
    json.writeNumberField("marked", counters.others().marked());
    json.writeNumberField("nameless", counters.others().nameless());
    Counters.Span hits = counters.hits();
    if (hits != null) {
      json.writeStringField("firstHit", hits.first().toString());
      json.writeStringField("lastHit", hits.last().toString());
    }
  }

  /// Nothing where no packet matched: a share of nothing is not a number.
  private static void writeShare(JsonGenerator json, RuleReport rule, Selection selection)
      throws IOException {
    if (rule.counters().matched().packets() == 0) {
      return;
    }
    Share share = Share.of(rule, selection);
    json.writeNumberField("share", share.value());
    ConfidenceInterval interval = share.interval();
    if (interval != null) {
      json.writeNumberField("shareLow", interval.low());
      json.writeNumberField("shareHigh", interval.high());
    }
  }

  /// Milliseconds; nothing where no packet was delayed.
  private static void writeDelays(JsonGenerator json, DelayHistogram delays) throws IOException {
    if (delays.count() > 0) {
      json.writeNumberField("delayP50", Figures.milliseconds(delays.quantile(0.5)));
      json.writeNumberField("delayP99", Figures.milliseconds(delays.quantile(0.99)));
    }
  }
}
