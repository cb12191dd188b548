// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.cli.cluster.Chart;
import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.cluster.Installer;
import dev.squall.cli.cluster.Patience;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `squall install`: brings controller and agents into a cluster.
@Command(
    customSynopsis = "squall install [--set KEY=VALUE]... [--dry-run] [CLUSTER]",
    synopsisHeading = "%nUsage: ",
    header = "Installs Squall in a cluster, or brings an installation up to date",
    descriptionHeading = "%n",
    description = {
      "Applies what the Helm chart has, types before what may be of them, and waits until the",
      "controller and an agent on each node are ready."
    })
public final class InstallCommand implements Callable<ExitStatus> {
  /// Which namespaces experiments may reach.
  enum OpenNamespaces {
    LABELLED,
    ALL;

    /// As people and the chart write it.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Console console;
  private final Patience patience;

  @Mixin(name = "CLUSTER")
  private final ClusterOptions clusters;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Where controller and agents live (default squall-system).")
  private String namespace = Chart.NAMESPACE;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A value of the chart, as images.agent=registry/agent:1.")
  private List<String> words = List.of();

  @Option(
      names = "--open-namespaces",
      paramLabel = "labelled|all",
      description = {
        "labelled: only namespaces with squall.dev/inject=enabled may be",
        "hit (default); all: every one but the system's and Squall's own."
      })
  private @Nullable OpenNamespaces openNamespaces;

  @Option(
      names = "--dry-run",
      description = "Print the objects for kubectl apply -f -, and touch nothing.")
  private boolean dryRun;

  public InstallCommand(
      Console console, Patience patience, Function<ClusterChoice, Cluster> clusters) {
    this.console = console;
    this.patience = patience;
    this.clusters = new ClusterOptions(clusters);
  }

  @Override
  public ExitStatus call() throws InterruptedException {
    Map<String, String> settings = settings();
    if (openNamespaces != null) {
      settings.put("openNamespaces", openNamespaces.toString());
    }
    Chart chart = Usage.checked("--set", () -> Chart.in(namespace, settings));
    if (dryRun) {
      console.text(chart.text());
      return ExitStatus.OK;
    }
    List<JsonNode> objects = chart.objects();
    new Installer(clusters.connect(), patience, console::line).install(objects);
    if (!"all".equals(settings.get("openNamespaces"))) {
      console.line(
          "experiments may reach a namespace once you say so:"
              + " kubectl label namespace NAME squall.dev/inject=enabled");
    }
    return ExitStatus.OK;
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw Usage.wrong(
            "--set %s: write KEY=VALUE, as in images.agent=registry/agent:1".formatted(word));
      }
      settings.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return settings;
  }
}
