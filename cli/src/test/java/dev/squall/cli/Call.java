// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One call of `squall` in the process of the test, and what it printed.
final class Call {
  final FakeEngine engine = new FakeEngine();
  final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /// Calls it with words separated by spaces.
  ExitStatus squall(String words) {
    return squall(words.isEmpty() ? List.of() : List.of(words.split(" ")));
  }

  ExitStatus squall(List<String> words) {
    return new Squall(console(), engine, environment).run(words.toArray(new String[0]));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Console console() {
    return new Console(stream(out), stream(err), false, false);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
