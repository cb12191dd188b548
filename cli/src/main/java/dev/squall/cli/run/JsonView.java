// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.JsonLine;
import dev.squall.experiment.EndReason;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.RunListener;
import dev.squall.fault.FlowExemption;
import dev.squall.fault.HitPacket;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import dev.squall.target.IpPrefix;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One JSON object per line: `armed`, `progress` every second, `packet` for each one, `ended`.
final class JsonView implements RunListener {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Console console;
  private final RunPlan plan;
  private final Pace pace;

  JsonView(Console console, RunPlan plan) {
    this.console = console;
    this.plan = plan;
    this.pace = new Pace(PACE, plan.experiment().duration());
  }

  @Override
  public void armed(Experiment experiment, RunIdentity identity, List<String> notes) {
    event(
        "armed",
        json -> {
          json.writeNumberField("seconds", seconds(plan.experiment().duration()));
          strings(json, "targets", plan.places().phrases().stream());
          strings(json, "faults", plan.experiment().faults().stream().map(f -> f.describe()));
          strings(json, "traffic", TrafficText.selection(plan.experiment().traffic()).stream());
          addresses(json);
          spared(json);
          strings(json, "notes", notes.stream());
        });
  }

  @Override
  public void progress(Duration remaining, List<RuleReport> rules) {
    if (pace.isDue(remaining)) {
      event(
          "progress",
          json -> {
            json.writeNumberField("remainingSeconds", seconds(remaining));
            RuleJson.write(json, rules, plan.experiment().traffic().selection());
          });
    }
  }

  @Override
  public void hit(HitPacket packet) {
    event("packet", json -> PacketJson.write(json, packet));
  }

  @Override
  public void ended(EndReason reason, Duration uncovered, List<RuleReport> rules) {
    event(
        "ended",
        json -> {
          json.writeStringField("reason", reason.toString());
          json.writeNumberField("uncoveredSeconds", seconds(uncovered));
          RuleJson.write(json, rules, plan.experiment().traffic().selection());
          audit(json);
          strings(json, "findings", Findings.of(plan, rules).stream());
        });
  }

  private void event(String name, JsonLine.Body body) {
    console.line(
        JsonLine.of(
            json -> {
              json.writeStringField("event", name);
              json.writeStringField("id", plan.identity().id());
              if (plan.experiment().name() != null) {
                json.writeStringField("name", plan.experiment().name());
              }
              json.writeNumberField("seed", plan.identity().seed());
              json.writeBooleanField("dryRun", plan.identity().dryRun());
              body.write(json);
            }));
  }

  private void addresses(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("addresses");
    for (Map.Entry<String, List<InetAddress>> entry : plan.addresses().entrySet()) {
      strings(
          json,
          entry.getKey(),
          entry.getValue().stream().map(address -> IpPrefix.host(address).toString()));
    }
    json.writeEndObject();
  }

  private void spared(JsonGenerator json) throws IOException {
    FlowExemption flow = plan.identity().exemption();
    if (flow != null) {
      json.writeObjectFieldStart("spared");
      json.writeStringField("peer", IpPrefix.host(flow.peer()).toString());
      json.writeNumberField("peerPort", flow.peerPort());
      json.writeNumberField("localPort", flow.localPort());
      json.writeEndObject();
    }
  }

  private void audit(JsonGenerator json) throws IOException {
    AuditFile file = plan.audit();
    if (file != null) {
      json.writeObjectFieldStart("audit");
      json.writeStringField("file", file.path().toString());
      json.writeNumberField("hits", file.hits());
      json.writeNumberField("written", file.written());
      json.writeEndObject();
    }
  }

  private static void strings(JsonGenerator json, String field, Stream<String> values)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values.toList()) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
