// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.Adjustment;
import dev.squall.fault.Adjustment.Kind;
import dev.squall.fault.RunRegistry;
import dev.squall.unit.Percentage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `squall adjust`: changes the share of a fault while it runs.
@Command(
    customSynopsis = "squall adjust [ID] --loss 10%%",
    synopsisHeading = "%nUsage: ",
    header = "Changes the share of a fault while it runs",
    descriptionHeading = "%n",
    description = {
      "From the next packet on, in whichever process the run is; it goes on counting.",
      "Without ID it changes the only run there is."
    })
public final class AdjustCommand implements Callable<ExitStatus> {
  private final Console console;
  private final Supplier<RunRegistry> registries;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The run, as squall status lists it; a unique beginning is enough.")
  private @Nullable String id;

  @Option(names = "--loss", paramLabel = "10%", description = "The share of packets that vanish.")
  private @Nullable Percentage loss;

  @Option(
      names = "--duplicate",
      paramLabel = "10%",
      description = "The share of packets that arrive twice.")
  private @Nullable Percentage duplicate;

  @Option(
      names = "--corrupt",
      paramLabel = "10%",
      description = "The share of packets in which a bit is flipped.")
  private @Nullable Percentage corrupt;

  @Option(
      names = "--reorder",
      paramLabel = "10%",
      description = "The share of packets that others overtake.")
  private @Nullable Percentage reorder;

  @Option(
      names = "--reset",
      paramLabel = "10%",
      description = "The share of packets, or flows, that are reset.")
  private @Nullable Percentage reset;

  public AdjustCommand(Console console, Supplier<RunRegistry> registries) {
    this.console = console;
    this.registries = registries;
  }

  @Override
  public ExitStatus call() {
    List<Adjustment> adjustments = adjustments();
    if (adjustments.isEmpty()) {
      throw Usage.wrong("a share is missing: give --loss 10%, or that of another fault of the run");
    }
    RunRegistry registry = registries.get();
    List<ActiveRun> chosen = RunChoice.of(registry.runs(), id, "");
    if (chosen.isEmpty()) {
      throw Usage.wrong("nothing runs");
    }
    ActiveRun run = chosen.getFirst();
    for (Adjustment adjustment : adjustments) {
      if (registry.adjust(run.id(), adjustment) == 0) {
        throw Usage.wrong(
            "run %s has no %s by share: it is %s"
                .formatted(run.id(), adjustment.kind(), run.command()));
      }
      console.line("adjusted %s: %s".formatted(run.id(), adjustment));
    }
    return ExitStatus.OK;
  }

  private List<Adjustment> adjustments() {
    List<Adjustment> adjustments = new ArrayList<>();
    add(adjustments, Kind.LOSS, loss);
    add(adjustments, Kind.DUPLICATE, duplicate);
    add(adjustments, Kind.CORRUPT, corrupt);
    add(adjustments, Kind.REORDER, reorder);
    add(adjustments, Kind.RESET, reset);
    return adjustments;
  }

  private static void add(List<Adjustment> adjustments, Kind kind, @Nullable Percentage share) {
    if (share != null) {
      adjustments.add(Usage.checked("--" + kind, () -> new Adjustment(kind, share)));
    }
  }
}
