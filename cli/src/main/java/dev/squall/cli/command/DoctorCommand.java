// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChecks;
import dev.squall.cli.cluster.ClusterChoice;
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
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `squall doctor`: what this host or a cluster can do, and how to mend what it cannot.
@Command(
    customSynopsis = "squall doctor [--cluster [-n NS] [CLUSTER]] [OUTPUT]",
    synopsisHeading = "%nUsage: ",
    header = "Says what this host or a cluster can do, and how to mend what it cannot",
    descriptionHeading = "%n",
    description = "Exit status 0 when faults can be injected there, else 5.")
public final class DoctorCommand implements Callable<ExitStatus> {
  private static final String INDENT = " ".repeat(9);

  private final Console console;
  private final Supplier<HostSupport> support;

  @Mixin(name = "OUTPUT")
  private final OutputOptions output = new OutputOptions();

  @Option(names = "--cluster", description = "Look at a cluster: agents, policies, your rights.")
  private boolean wholeCluster;

  @Mixin(name = "NAMESPACE")
  private final NamespaceOption namespace = new NamespaceOption();

  @Mixin(name = "CLUSTER")
  private final ClusterOptions clusters;

  /// @param cluster connects to a cluster
  public DoctorCommand(
      Console console, Supplier<HostSupport> support, Function<ClusterChoice, Cluster> cluster) {
    this.console = console;
    this.support = support;
    this.clusters = new ClusterOptions(cluster);
  }

  @Override
  public ExitStatus call() {
    List<HostCheck> checks = wholeCluster ? ofCluster() : ofThisHost();
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

  private List<HostCheck> ofThisHost() {
    if (namespace.name() != null || clusters.given()) {
      throw Usage.wrong("--cluster is missing: without it this host is looked at");
    }
    return support.get().checks();
  }

  private List<HostCheck> ofCluster() {
    Cluster cluster = clusters.connect();
    String place = namespace.name() == null ? cluster.namespace() : namespace.name();
    return new ClusterChecks(cluster, place).checks();
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

  private String verdict(List<String> missing) {
    String place = wholeCluster ? "in this cluster" : "on this host";
    return missing.isEmpty()
        ? "faults can be injected " + place
        : "faults cannot be injected %s; missing: %s".formatted(place, String.join(", ", missing));
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
