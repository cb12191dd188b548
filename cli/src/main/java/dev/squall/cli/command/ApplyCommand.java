// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.cli.cluster.Application;
import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.cluster.InvalidManifestException;
import dev.squall.cli.cluster.Manifest;
import dev.squall.cli.cluster.ObjectKey;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `squall apply`: brings experiments into a cluster.
@Command(
    customSynopsis = "squall apply -f FILE [-n NS] [CLUSTER]",
    synopsisHeading = "%nUsage: ",
    header = "Applies experiments to a cluster",
    descriptionHeading = "%n",
    description = {
      "What kubectl apply does, after a look at the whole file that names each problem by its line.",
      "Objects of Chaos Mesh are applied as they are."
    })
public final class ApplyCommand implements Callable<ExitStatus> {
  private final Console console;
  private final InputStream input;

  @Mixin(name = "CLUSTER")
  private final ClusterOptions clusters;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description = "YAML or JSON; - is standard input.")
  private Path file = Path.of("-");

  @Mixin(name = "NAMESPACE")
  private final NamespaceOption namespace = new NamespaceOption();

  public ApplyCommand(
      Console console, InputStream input, Function<ClusterChoice, Cluster> clusters) {
    this.console = console;
    this.input = input;
    this.clusters = new ClusterOptions(clusters);
  }

  @Override
  public ExitStatus call() {
    try {
      apply();
      return ExitStatus.OK;
    } catch (InvalidManifestException invalid) {
      invalid.problems().forEach(console::error);
      return ExitStatus.USAGE;
    }
  }

  private void apply() {
    Manifest manifest = Manifest.read(file.toString(), text());
    Cluster cluster = clusters.connect();
    Map<ObjectKey, JsonNode> objects = manifest.objects(namespace.name(), cluster::namespace);
    objects.forEach(
        (key, object) -> console.line(key + " " + Application.apply(cluster, key, object)));
  }

  private String text() {
    if (!file.toString().equals("-")) {
      return read(file);
    }
    try {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw Usage.wrong(
          "--file %s: there is no such file of text, or you may not read it".formatted(file));
    }
  }
}
