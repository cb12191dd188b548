// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A `squall inject` in a process of its own, armed, for ten minutes at most.
final class InjectProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private InjectProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /// Returns when the faults have begun.
  ///
  /// @param options target, faults and whatever else, with a space between words
  static InjectProcess start(String options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.squall.cli.Main");
    command.addAll(List.of("inject --for 10m -o json %s".formatted(options).split(" ")));
    InjectProcess started =
        new InjectProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    assertThat(started.output.readLine()).contains("\"armed\"");
    return started;
  }

  /// Ends it by SIGTERM.
  ///
  /// @return the last line that it prints
  String end() {
    process.toHandle().destroy(); // Process.destroy closes the output too
    return output.lines().reduce("", (_, line) -> line);
  }

  /// Ends it by SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
