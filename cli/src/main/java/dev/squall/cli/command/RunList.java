// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.squall.cli.console.Figures;
import dev.squall.cli.console.TextTable;
import dev.squall.cli.console.TextTable.Column;
import dev.squall.fault.ActiveRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Runs as `status`, `stop` and `verify-clean` show them.
final class RunList {
  private final List<ActiveRun> runs;
  private final Instant now;

  RunList(List<ActiveRun> runs, Instant now) {
    this.runs = runs;
    this.now = now;
  }

  /// A table, one row per run.
  List<String> lines() {
    TextTable table =
        new TextTable(
            List.of(
                Column.words("ID"),
                Column.figures("PID"),
                Column.figures("ENDS IN"),
                Column.words("WHERE"),
                Column.words("WHAT")));
    runs.forEach(
        run ->
            table.row(
                List.of(
                    run.id(),
                    Integer.toString(run.pid()),
                    endsIn(run),
                    String.join(", ", run.places()),
                    run.command())));
    return table.lines();
  }

  /// The field `runs` of a JSON object.
  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("runs");
    for (ActiveRun run : runs) {
      json.writeStartObject();
      json.writeStringField("id", run.id());
      json.writeNumberField("pid", run.pid());
      json.writeStringField("state", run.state().toString());
      json.writeStringField("command", run.command());
      json.writeArrayFieldStart("places");
      for (String place : run.places()) {
        json.writeString(place);
      }
      json.writeEndArray();
      json.writeStringField("endsAt", run.endsAt().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private String endsIn(ActiveRun run) {
    return switch (run.state()) {
      case PREPARED -> "not armed";
      case ARMED -> remaining(run);
      case LEASE_LOST -> "lease lost";
      case OWNER_DEAD -> "owner dead";
    };
  }

  private String remaining(ActiveRun run) {
    Duration remaining = Duration.between(now, run.endsAt());
    return remaining.isNegative() ? "over" : Figures.remaining(remaining);
  }
}
