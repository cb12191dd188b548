// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.run.RunSession;
import dev.squall.experiment.Experiment;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `squall inject`: one experiment, said on the command line.
@Command(
    customSynopsis = "squall inject TARGET FAULT... [TRAFFIC] [RUN]",
    synopsisHeading = "%nUsage: ",
    header = "Makes faults happen to the packets of one target",
    descriptionHeading = "%n",
    description = "Several faults add up. It ends by itself, by Ctrl-C or by squall stop.")
public final class InjectCommand implements Callable<ExitStatus> {
  private final RunSession session;
  private final String commandText;

  @Mixin(name = "TARGET")
  private final TargetOptions target = new TargetOptions();

  @Mixin(name = "FAULT")
  private final FaultOptions faults = new FaultOptions();

  @Mixin(name = "TRAFFIC")
  private final TrafficOptions traffic = new TrafficOptions();

  @Mixin(name = "RUN")
  private final RunOptions run = new RunOptions();

  /// `commandText` is what the user typed; other processes see it in `squall status`.
  public InjectCommand(RunSession session, String commandText) {
    this.session = session;
    this.commandText = commandText;
  }

  @Override
  public ExitStatus call() {
    Experiment experiment = Usage.checked(this::experiment);
    return session.run(List.of(experiment), run.request(commandText));
  }

  private Experiment experiment() {
    return new Experiment(
        null,
        List.of(target.target()),
        faults.faults(),
        traffic.filter(),
        run.limits(),
        run.seed());
  }
}
