// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.console.JsonLine;
import dev.squall.cli.console.OutputFormat;
import dev.squall.cli.console.Paint;
import dev.squall.fault.HostCheck;
import dev.squall.fault.HostSupport;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `squall doctor`: what this host can do, and how to mend what it cannot.
@Command(
    customSynopsis = "squall doctor [OUTPUT]",
    synopsisHeading = "%nUsage: ",
    header = "Says what this host can do, and how to mend what it cannot",
    descriptionHeading = "%n",
    description = "Exit status 0 when faults can be injected here, else 5.")
public final class DoctorCommand implements Callable<ExitStatus> {
  private static final String INDENT = " ".repeat(9);

  private final Console console;
  private final Supplier<HostSupport> support;

  @Mixin(name = "OUTPUT")
  private final OutputOptions output = new OutputOptions();

  public DoctorCommand(Console console, Supplier<HostSupport> support) {
    this.console = console;
    this.support = support;
  }

  @Override
  public ExitStatus call() {
    List<HostCheck> checks = support.get().checks();
    List<String> missing =
        checks.stream()
            .filter(check -> check.outcome() == HostCheck.Outcome.MISSING)
            .map(HostCheck::name)
            .toList();
    if (output.format() == OutputFormat.JSON) {
      console.line(JsonLine.of(json -> write(json, missing.isEmpty(), checks)));
    } else {
      checks.forEach(this::print);
      console.line(verdict(missing));
    }
    return missing.isEmpty() ? ExitStatus.OK : ExitStatus.NOT_INJECTED;
  }

  private void print(HostCheck check) {
    String outcome = "%-8s".formatted(word(check.outcome()));
    console.line(
        "%s %s: %s"
            .formatted(
                console.paint(paint(check.outcome()), outcome), check.name(), check.meaning()));
    if (check.fix() != null) {
      console.line(INDENT + "fix: " + check.fix());
    }
  }

  private static String verdict(List<String> missing) {
    return missing.isEmpty()
        ? "faults can be injected on this host"
        : "faults cannot be injected on this host; missing: " + String.join(", ", missing);
  }

  private static String word(HostCheck.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static Paint paint(HostCheck.Outcome outcome) {
    return switch (outcome) {
      case OK -> Paint.GREEN;
      case LIMITED, UNKNOWN -> Paint.YELLOW;
      case MISSING -> Paint.RED;
    };
  }

  private static void write(JsonGenerator json, boolean possible, List<HostCheck> checks)
      throws IOException {
    json.writeBooleanField("possible", possible);
    json.writeArrayFieldStart("checks");
    for (HostCheck check : checks) {
      json.writeStartObject();
      json.writeStringField("name", check.name());
      json.writeStringField("outcome", word(check.outcome()));
      json.writeStringField("meaning", check.meaning());
      if (check.fix() != null) {
        json.writeStringField("fix", check.fix());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
