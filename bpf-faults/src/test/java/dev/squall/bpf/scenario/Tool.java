// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The kernel's own command line tools, as witnesses that know nothing of Squall.
final class Tool {
  private Tool() {}

  /// Runs a command and returns what it printed.
  ///
  /// @throws AssertionError when it fails
  static String run(String... command) {
    return run(List.of(command));
  }

  static String run(List<String> command) {
    Result result = attempt(command);
    if (result.status() != 0) {
      throw new AssertionError(
          "%s: exit %d: %s".formatted(String.join(" ", command), result.status(), result.output()));
    }
    return result.output();
  }

  record Result(int status, String output) {}

  static Result attempt(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      return new Result(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(command.getFirst() + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + command.getFirst(), e);
    }
  }
}
