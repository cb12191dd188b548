// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A shell that is given one command after the other, as by somebody who types.
final class Terminal implements AutoCloseable {
  /// Printed after each command; in no guide.
  private static final String END = "\u0001\n";

  private static final Pattern KILLED =
      Pattern.compile("(?m)^bash: line [0-9]+: +[0-9]+ (Killed) .*$");

  private final Process shell;
  private final StringBuilder output = new StringBuilder();

  /// @param command becomes a shell that reads its commands from standard input
  Terminal(Path folder, Map<String, String> environment, String... command) throws IOException {
    // In the background of a script the interrupt would be ignored.
    List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
    words.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    shell = builder.start();
    Thread.ofPlatform().daemon().start(this::read);
    type("cd " + folder);
    await(Duration.ofSeconds(10));
  }

  long pid() {
    return shell.pid();
  }

  /// Begins a command; the exit status of the last one is there for it as `$?`.
  void type(String command) throws IOException {
    synchronized (output) {
      output.setLength(0);
    }
    String line = "{ %s\n} </dev/null; s=$?; printf '\\1\\n'; (exit $s)\n".formatted(command);
    shell.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    shell.getOutputStream().flush();
  }

  /// What the command has printed so far, on standard output and standard error. That it was killed
  /// is said in the one word that a shell has for somebody who types.
  String output() {
    synchronized (output) {
      return KILLED.matcher(output.toString().replace(END, "")).replaceAll("$1");
    }
  }

  boolean isReady() {
    synchronized (output) {
      return output.indexOf(END) >= 0;
    }
  }

  /// Waits for the command to end, and returns what it has printed.
  String await(Duration atMost) {
    Instant end = Instant.now().plus(atMost);
    while (!isReady()) {
      if (!shell.isAlive() || Instant.now().isAfter(end)) {
        throw new AssertionError("the command did not end, and has printed:\n" + output());
      }
      pause();
    }
    return output();
  }

  /// Ctrl-C: to the program that was started last.
  void interrupt() throws IOException {
    ProcessHandle newest =
        shell
            .children()
            .max(Comparator.comparing(child -> child.info().startInstant().orElse(Instant.MIN)))
            .orElseThrow(() -> new AssertionError("nothing runs that Ctrl-C could end"));
    new ProcessBuilder("bash", "-c", "kill -INT " + newest.pid()).start();
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void read() {
    try (Reader reader = new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8)) {
      for (int next = reader.read(); next >= 0; next = reader.read()) {
        synchronized (output) {
          output.append((char) next);
        }
      }
    } catch (IOException closed) {
      // Nobody waits for more.
    }
  }

  /// Ends the shell and all that it has started.
  @Override
  public void close() {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
  }
}
