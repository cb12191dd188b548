// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What became of a command, on this machine or in a pod.
///
/// @param exitCode 0 for success
/// @param output its standard output
/// @param error its standard error
record CommandResult(int exitCode, String output, String error) {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /// Runs a command of this machine to its end.
  ///
  /// @param input for its standard input
  /// @throws IllegalStateException when it goes on for 3 minutes
  static CommandResult of(ProcessBuilder command, String input) {
    try {
      Process process = command.start();
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(() -> text(process.getInputStream()::readAllBytes));
      CompletableFuture<String> error =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()::readAllBytes));
      try (var standardInput = process.outputWriter(StandardCharsets.UTF_8)) {
        standardInput.write(input);
      }
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("does not end: " + command.command());
      }
      return new CommandResult(process.exitValue(), output.join(), error.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command.command(), e);
    }
  }

  /// This result, when it is a success.
  ///
  /// @throws AssertionError with everything that the command printed, when it is none
  CommandResult successful() {
    if (exitCode != 0) {
      throw new AssertionError(this);
    }
    return this;
  }

  /// The output without white space around it.
  String text() {
    return output.strip();
  }

  List<String> lines() {
    return output.lines().toList();
  }

  private static String text(Source source) {
    try {
      return new String(source.bytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Source {
    byte[] bytes() throws IOException;
  }
}
