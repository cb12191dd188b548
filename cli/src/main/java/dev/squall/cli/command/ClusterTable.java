// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.squall.cli.cluster.ClusterRun;
import dev.squall.cli.cluster.FaultCount;
import dev.squall.cli.cluster.FaultCount.PodState;
import dev.squall.cli.cluster.RunDetail;
import dev.squall.cli.console.Figures;
import dev.squall.cli.console.TextTable;
import dev.squall.cli.console.TextTable.Column;
import dev.squall.unit.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Experiments of a cluster as `get`, `status` and `stop` show them.
final class ClusterTable {
  private ClusterTable() {}

  /// One row per experiment.
  static List<String> of(List<ClusterRun> runs, Instant now) {
    TextTable table =
        new TextTable(
            List.of(
                Column.words("NAMESPACE"),
                Column.words("NAME"),
                Column.words("PHASE"),
                Column.figures("PODS"),
                Column.figures("HIT"),
                Column.figures("ENDS IN")));
    for (ClusterRun run : runs) {
      table.row(
          List.of(
              String.valueOf(run.key().namespace()),
              run.name(),
              run.phase(),
              run.pods().toString(),
              run.hit() == null ? "-" : Figures.count(run.hit()),
              endsIn(run, now)));
    }
    return table.lines();
  }

  /// The first line, the conditions, and a row per pod and fault.
  static List<String> of(RunDetail detail, Instant now) {
    ClusterRun run = detail.run();
    List<String> lines = new ArrayList<>();
    String end = endsIn(run, now);
    lines.add(
        "%s in %s: %s%s%s"
            .formatted(
                run.name(),
                run.key().namespace(),
                run.phase(),
                end.equals("-") ? "" : ", ends in " + end,
                detail.summary().isEmpty() ? "" : ": " + detail.summary()));
    detail.conditions().forEach(condition -> lines.add("  " + condition));
    lines.addAll(counts(detail.counts()));
    return lines;
  }

  /// A row per pod and fault; nothing where nothing is known.
  static List<String> counts(List<FaultCount> counts) {
    if (counts.isEmpty()) {
      return List.of();
    }
    boolean pods = counts.stream().anyMatch(count -> count.pod() != null);
    TextTable table = new TextTable(columns(pods));
    List<String> notes = new ArrayList<>();
    for (FaultCount count : counts) {
      table.row(cells(count, pods));
      PodState pod = count.pod();
      if (pod != null && pod.message() != null) {
        notes.add("%s: %s".formatted(pod.name(), pod.message()));
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(notes.stream().distinct().toList());
    return lines;
  }

  private static List<Column> columns(boolean pods) {
    List<Column> columns = new ArrayList<>();
    if (pods) {
      columns.addAll(
          List.of(
              Column.words("POD"),
              Column.words("NODE"),
              Column.words("PHASE"),
              Column.figures("UNCOVERED")));
    }
    columns.addAll(
        List.of(
            Column.words("FAULT"),
            Column.words("DIRECTION"),
            Column.figures("MATCHED"),
            Column.figures("HIT"),
            Column.figures("SHARE"),
            Column.figures("OVERFLOW")));
    return columns;
  }

  private static List<String> cells(FaultCount count, boolean pods) {
    List<String> cells = new ArrayList<>();
    PodState pod = count.pod();
    if (pods) {
      cells.addAll(
          pod == null
              ? List.of("-", "-", "-", "-")
              : List.of(pod.name(), pod.node(), pod.phase(), uncovered(pod)));
    }
    long matched = count.packets().matched();
    long hit = count.packets().hit();
    cells.addAll(
        List.of(
            count.fault().isEmpty() ? "-" : count.fault(),
            count.direction().isEmpty() ? "-" : count.direction(),
            Figures.count(matched),
            Figures.count(hit),
            matched == 0 ? "-" : Figures.percent((double) hit / matched),
            Figures.count(count.packets().overflow())));
    return cells;
  }

  private static String uncovered(PodState pod) {
    Duration uncovered = pod.uncovered();
    return uncovered == null ? "-" : DurationText.format(uncovered);
  }

  private static String endsIn(ClusterRun run, Instant now) {
    Duration remaining = run.remaining(now);
    if (remaining == null) {
      return "-";
    }
    return remaining.isNegative() ? "over" : Figures.remaining(remaining);
  }

  /// The fields of one experiment.
  static void write(JsonGenerator json, ClusterRun run) throws IOException {
    json.writeStringField("kind", run.key().type().kind());
    json.writeStringField("namespace", String.valueOf(run.key().namespace()));
    json.writeStringField("name", run.key().name());
    json.writeStringField("uid", run.uid());
    json.writeStringField("phase", run.phase());
    json.writeNumberField("selected", run.pods().selected());
    json.writeNumberField("injecting", run.pods().injecting());
    if (run.hit() != null) {
      json.writeNumberField("hit", run.hit());
    }
    if (run.endsAt() != null) {
      json.writeStringField("endsAt", run.endsAt().toString());
    }
  }

  /// The field `counts`.
  static void write(JsonGenerator json, List<FaultCount> counts) throws IOException {
    json.writeArrayFieldStart("counts");
    for (FaultCount count : counts) {
      json.writeStartObject();
      if (count.pod() != null) {
        write(json, count.pod());
      }
      json.writeStringField("fault", count.fault());
      json.writeStringField("direction", count.direction());
      json.writeNumberField("matched", count.packets().matched());
      json.writeNumberField("hit", count.packets().hit());
      json.writeNumberField("overflow", count.packets().overflow());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, PodState pod) throws IOException {
    json.writeStringField("pod", pod.name());
    json.writeStringField("node", pod.node());
    json.writeStringField("phase", pod.phase());
    if (pod.uncovered() != null) {
      json.writeNumberField("uncoveredSeconds", pod.uncovered().toMillis() / 1e3);
    }
    if (pod.message() != null) {
      json.writeStringField("message", pod.message());
    }
  }
}
