// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.BpfFaultInjector;
import dev.squall.bpf.linux.NativeFunction;
import dev.squall.fault.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An [InjectorMain] in a JVM of its own. Closing kills it if it still runs.
final class InjectorProcess implements AutoCloseable {
  static final int SIGKILL = 9;
  static final int SIGCONT = 18;
  static final int SIGSTOP = 19;

  private static final NativeFunction KILL = NativeSocket.libc("kill");

  private final Process process;
  private final BufferedReader output;

  /// Starts it; what becomes of it is told by [#awaitArmed].
  ///
  /// @param arguments of [InjectorMain]
  InjectorProcess(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
    command.add(InjectorMain.class.getName());
    command.addAll(List.of(arguments));
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  private static String classPath() {
    return Stream.of(InjectorMain.class, BpfFaultInjector.class, Fault.class)
        .map(InjectorProcess::origin)
        .distinct()
        .collect(Collectors.joining(":"));
  }

  private static String origin(Class<?> type) {
    try {
      URI origin = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(origin).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  InjectorProcess awaitArmed() {
    String line = readLine();
    if (!line.equals("armed")) {
      throw new AssertionError("the injector says: " + line + rest());
    }
    return this;
  }

  private String rest() {
    return "\n" + output.lines().collect(Collectors.joining("\n"));
  }

  String readLine() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("the injector has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void say(String command) {
    try {
      OutputStream input = process.getOutputStream();
      input.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Counters of a rule.
  record Rule(String direction, long matched, long hit, long overflow) {}

  List<Rule> report() {
    say("report");
    List<Rule> rules = new ArrayList<>();
    for (String line = readLine(); !line.equals("reported"); line = readLine()) {
      String[] words = line.split(" ", -1);
      rules.add(
          new Rule(
              words[1],
              Long.parseLong(words[2]),
              Long.parseLong(words[3]),
              Long.parseLong(words[4])));
    }
    return rules;
  }

  /// Ends it in good order.
  void end() {
    say("close");
    String line = readLine();
    if (!line.equals("closed")) {
      throw new AssertionError("the injector says: " + line + rest());
    }
    awaitDeath();
  }

  void signal(int number) {
    KILL.call(process.pid(), number);
  }

  void awaitDeath() {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the injector does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    signal(SIGKILL);
    awaitDeath();
  }
}
