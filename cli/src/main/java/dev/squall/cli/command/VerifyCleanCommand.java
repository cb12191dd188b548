// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.console.JsonLine;
import dev.squall.cli.console.OutputFormat;
import dev.squall.cli.run.CleanProof;
import dev.squall.cli.run.CleanProof.Finding;
import dev.squall.experiment.Ticker;
import dev.squall.fault.Leftover;
import dev.squall.fault.RunRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `squall verify-clean`: proves that nothing is left behind anywhere on this host.
@Command(
    customSynopsis = "squall verify-clean [--none] [OUTPUT]",
    synopsisHeading = "%nUsage: ",
    header = "Proves that nothing is left behind on this host",
    descriptionHeading = "%n",
    description = {
      "Exit status 0 when no link, program, map or device of squall is without a living owner,",
      "else 6. It waits up to 2 s for the kernel's own clean-up, lists living runs, and removes",
      "what a dead process left (before Linux 6.6 the kernel does not)."
    })
public final class VerifyCleanCommand implements Callable<ExitStatus> {
  private final Console console;
  private final Supplier<RunRegistry> registry;
  private final Ticker ticker;
  private final InstantSource clock;

  @Option(names = "--none", description = "Living runs are not allowed either.")
  private boolean none;

  @Mixin(name = "OUTPUT")
  private final OutputOptions output = new OutputOptions();

  public VerifyCleanCommand(
      Console console, Supplier<RunRegistry> registry, Ticker ticker, InstantSource clock) {
    this.console = console;
    this.registry = registry;
    this.ticker = ticker;
    this.clock = clock;
  }

  @Override
  public ExitStatus call() throws InterruptedException {
    Finding finding = new CleanProof(registry.get(), ticker).look(none);
    boolean clean = finding.isClean() && (!none || finding.living().isEmpty());
    RunList living = new RunList(finding.living(), clock.instant());
    if (output.format() == OutputFormat.JSON) {
      console.line(JsonLine.of(json -> write(json, clean, finding, living)));
    } else {
      print(clean, finding, living);
    }
    return clean ? ExitStatus.OK : ExitStatus.NOT_CLEAN;
  }

  private void print(boolean clean, Finding finding, RunList living) {
    finding.removed().forEach(one -> console.line("removed, its owner is dead: " + text(one)));
    finding.leftovers().forEach(one -> console.line("left behind: " + text(one)));
    if (!finding.living().isEmpty()) {
      console.line(none ? "still running, which --none forbids:" : "running, not counted as left:");
      living.lines().forEach(line -> console.line("  " + line));
    }
    if (clean) {
      console.line("clean: no link, program, map or device of squall is without a living owner");
    } else {
      console.error("squall: not clean: " + summary(finding));
    }
  }

  private static String summary(Finding finding) {
    return finding.isClean()
        ? "end the runs above, with squall stop --all"
        : "what is listed above has no living owner; a restart of the host removes it for certain";
  }

  private static String text(Leftover leftover) {
    return "%s %s (%s)".formatted(leftover.kind(), leftover.name(), leftover.place());
  }

  private static void write(JsonGenerator json, boolean clean, Finding finding, RunList living)
      throws IOException {
    json.writeBooleanField("clean", clean);
    write(json, "leftovers", finding.leftovers());
    write(json, "removed", finding.removed());
    living.write(json);
  }

  private static void write(JsonGenerator json, String field, List<Leftover> leftovers)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Leftover leftover : leftovers) {
      json.writeStartObject();
      json.writeStringField("kind", leftover.kind());
      json.writeStringField("name", leftover.name());
      json.writeStringField("place", leftover.place());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
