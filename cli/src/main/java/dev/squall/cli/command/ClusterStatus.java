// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.Experiments;
import dev.squall.cli.cluster.Patience;
import dev.squall.cli.cluster.RunDetail;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.JsonLine;
import dev.squall.cli.console.LiveArea;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// One experiment of a cluster, once or again and again.
final class ClusterStatus {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Console console;
  private final InstantSource clock;
  private final Cluster cluster;

  ClusterStatus(Console console, InstantSource clock, Cluster cluster) {
    this.console = console;
    this.clock = clock;
    this.cluster = cluster;
  }

  /// For people.
  void print(JsonNode experiment) {
    lines(RunDetail.of(cluster, experiment)).forEach(console::line);
  }

  /// For programs.
  void printJson(JsonNode experiment) {
    RunDetail detail = RunDetail.of(cluster, experiment);
    console.line(JsonLine.of(json -> write(json, detail)));
  }

  /// Until it is over or deleted. In a terminal in one place, else whenever something changed.
  void watch(JsonNode experiment, Patience patience) throws InterruptedException {
    LiveArea area = new LiveArea(console);
    JsonNode latest = experiment;
    String shown = "";
    while (true) {
      RunDetail detail = RunDetail.of(cluster, latest);
      List<String> lines = lines(detail);
      if (console.isTerminal()) {
        area.draw(lines);
      } else if (!shown.equals(detail.toString())) {
        lines.forEach(console::line);
        shown = detail.toString();
      }
      if (detail.run().isOver()) {
        return;
      }
      patience.pause(INTERVAL);
      Optional<JsonNode> found = cluster.find(Experiments.key(latest));
      if (found.isEmpty()) {
        console.line("it was deleted");
        return;
      }
      latest = found.get();
    }
  }

  private List<String> lines(RunDetail detail) {
    return ClusterTable.of(detail, clock.instant());
  }

  private static void write(JsonGenerator json, RunDetail detail) throws IOException {
    ClusterTable.write(json, detail.run());
    json.writeStringField("summary", detail.summary());
    json.writeArrayFieldStart("conditions");
    for (String condition : detail.conditions()) {
      json.writeString(condition);
    }
    json.writeEndArray();
    ClusterTable.write(json, detail.counts());
  }
}
