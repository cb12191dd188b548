// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command `squall` of this build.
final class SquallCommand {
  private static final Path TARGET = Path.of("../../cli/target").toAbsolutePath().normalize();

  private SquallCommand() {}

  /// Runs it to its end against the test cluster.
  static CommandResult run(Cluster cluster, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> words =
        new ArrayList<>(
            List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classes(), "dev.squall.cli.Main"));
    words.addAll(List.of(arguments));
    ProcessBuilder command = new ProcessBuilder(words);
    command.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
    return CommandResult.of(command, "");
  }

  /// Its class path.
  static String classes() {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".jar") && !file.endsWith("-tests.jar"))
          .collect(
              Collectors.joining(File.pathSeparator, "", File.pathSeparator + TARGET + "/lib/*"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
