// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.cluster.ClusterRun;
import dev.squall.cli.cluster.Experiments;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.console.JsonLine;
import dev.squall.cli.console.OutputFormat;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `squall get`: which experiments there are in a cluster.
@Command(
    customSynopsis = "squall get [-n NS | -A] [OUTPUT] [CLUSTER]",
    synopsisHeading = "%nUsage: ",
    header = "Lists the experiments of a cluster",
    descriptionHeading = "%n",
    description = "Those of Chaos Mesh too, as networkchaos/NAME.")
public final class GetCommand implements Callable<ExitStatus> {
  private final Console console;
  private final InstantSource clock;

  @Mixin(name = "NAMESPACE")
  private final NamespaceOption namespace = new NamespaceOption();

  @Mixin(name = "OUTPUT")
  private final OutputOptions output = new OutputOptions();

  @Mixin(name = "CLUSTER")
  private final ClusterOptions clusters;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Of all namespaces.")
  private boolean allNamespaces;

  public GetCommand(
      Console console, InstantSource clock, Function<ClusterChoice, Cluster> clusters) {
    this.console = console;
    this.clock = clock;
    this.clusters = new ClusterOptions(clusters);
  }

  @Override
  public ExitStatus call() {
    if (allNamespaces && namespace.name() != null) {
      throw Usage.wrong("--namespace and --all-namespaces: give one of them");
    }
    Cluster cluster = clusters.connect();
    String place = namespace.name() == null ? cluster.namespace() : namespace.name();
    List<ClusterRun> runs = new Experiments(cluster).list(allNamespaces ? null : place);
    if (output.format() == OutputFormat.JSON) {
      console.line(JsonLine.of(json -> write(json, runs)));
    } else if (runs.isEmpty()) {
      console.line(
          allNamespaces
              ? "there is no experiment in this cluster"
              : "there is no experiment in namespace %s; -A lists all".formatted(place));
    } else {
      ClusterTable.of(runs, clock.instant()).forEach(console::line);
    }
    return ExitStatus.OK;
  }

  private static void write(JsonGenerator json, List<ClusterRun> runs) throws IOException {
    json.writeArrayFieldStart("experiments");
    for (ClusterRun run : runs) {
      json.writeStartObject();
      ClusterTable.write(json, run);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
