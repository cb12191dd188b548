// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The only way to standard output and standard error; always UTF-8, whatever the locale says.
///
/// A reader that goes away (`squall status | head`) is not an error: what is left to say is
/// dropped.
public final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private boolean colour;

  /// `terminal` says whether `out` is one, that is, whether lines may be redrawn; `colour` whether
  /// text may be coloured.
  public Console(PrintStream out, PrintStream err, boolean terminal, boolean colour) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.colour = colour;
  }

  /// The console of this process. `NO_COLOR` (any value, see no-color.org) and `TERM=dumb` are
  /// honoured.
  public static Console system(Map<String, String> environment) {
    boolean terminal =
        leadsToTerminal("/proc/self/fd/1") && !"dumb".equals(environment.get("TERM"));
    boolean colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Console(
        utf8(new FileOutputStream(FileDescriptor.out)),
        utf8(new FileOutputStream(FileDescriptor.err)),
        terminal,
        colour);
  }

  private static PrintStream utf8(FileOutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /// Asks the kernel where the descriptor leads; `System.console()` would want standard input to be
  /// a terminal too.
  private static boolean leadsToTerminal(String descriptor) {
    try {
      String device = Files.readSymbolicLink(Path.of(descriptor)).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException noProc) {
      return false;
    }
  }

  /// Prints one line of output.
  public void line(String line) {
    out.print(line + '\n');
    out.flush();
  }

  /// Prints text as it is.
  public void text(String text) {
    out.print(text);
    out.flush();
  }

  /// Prints one line to standard error. It may quote what somebody typed, so invisible characters,
  /// which could break the line or command the terminal, become question marks.
  public void error(String line) {
    err.print(line.replaceAll("[\\p{C}\\u2028\\u2029]", "?") + '\n');
    err.flush();
  }

  /// Whether standard output is a terminal, on which lines may be redrawn.
  public boolean isTerminal() {
    return terminal;
  }

  /// Whether text may be coloured.
  public boolean isColoured() {
    return colour;
  }

  /// No colour from here on.
  public void withoutColour() {
    colour = false;
  }

  /// The text in that colour, or as it is where colours are off.
  public String paint(Paint paint, String text) {
    return colour ? paint.apply(text) : text;
  }

  /// Standard output for a library that wants a writer.
  public PrintWriter outWriter() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }
}
