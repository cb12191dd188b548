// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import dev.squall.cli.docs.ConsoleBlock.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Does what a page tells its reader to do, from top to bottom, and compares what is seen.
///
/// The last command of a block goes on while the next block, if that is for the other terminal, is
/// done. The block after that shows the rest of its output; if it begins with `^C`, the command is
/// interrupted there.
public final class PageRun {
  private static final Duration TIME_TO_START = Duration.ofSeconds(15);
  private static final String INTERRUPT = "^C";

  private final MarkdownPage page;
  private final ScratchHost host;
  private final Duration patience;
  private Map<String, String> names = Map.of();
  private @Nullable Step running;

  /// @param patience with each command
  public PageRun(MarkdownPage page, ScratchHost host, Duration patience) {
    this.page = page;
    this.host = host;
    this.patience = patience;
  }

  /// Follows the page to its end.
  ///
  /// @throws AssertionError where something else is seen than it shows
  public void run() throws IOException {
    for (MarkdownPage.Fence file : page.fences("yaml")) {
      if (!file.argument().isEmpty()) {
        host.write(file.argument(), file.text());
      }
    }
    List<ConsoleBlock> blocks = page.fences("console").stream().map(ConsoleBlock::of).toList();
    for (int i = 0; i < blocks.size(); i++) {
      boolean staysOpen = i + 1 < blocks.size() && blocks.get(i + 1).inOtherTerminal();
      run(blocks.get(i), staysOpen && !blocks.get(i).inOtherTerminal());
    }
  }

  private void run(ConsoleBlock block, boolean staysOpen) throws IOException {
    Terminal terminal = host.terminal(block.inOtherTerminal());
    if (running != null && !block.inOtherTerminal()) {
      finish(running, block.leading(), terminal);
      running = null;
    }
    for (Step shown : block.steps()) {
      Step step = new Step(withRealNames(shown.command()), shown.output());
      terminal.type(step.command());
      if (staysOpen && shown.equals(block.steps().getLast())) {
        awaitBeginning(step, terminal);
        running = step;
      } else {
        compare(step, terminal.await(patience));
      }
    }
  }

  /// A reader copies what the screen shows and not what the page does.
  private String withRealNames(String command) {
    String real = command;
    for (Map.Entry<String, String> name : names.entrySet()) {
      real = real.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
    }
    return real;
  }

  private void finish(Step step, List<String> rest, Terminal terminal) throws IOException {
    List<String> shown = new ArrayList<>(step.output());
    shown.addAll(rest);
    if (shown.remove(INTERRUPT)) {
      terminal.interrupt();
    }
    compare(new Step(step.command(), shown), terminal.await(patience));
  }

  private void awaitBeginning(Step step, Terminal terminal) {
    Instant end = Instant.now().plus(TIME_TO_START);
    Map<String, String> read = null;
    while (read == null) {
      boolean over = terminal.isReady() || Instant.now().isAfter(end);
      read = shown(step).readBeginning(terminal.output());
      if (read == null && over) {
        throw difference(step, terminal.output());
      }
      Terminal.pause();
    }
    names = read;
  }

  private void compare(Step step, String real) {
    Map<String, String> read = shown(step).read(real);
    if (read == null) {
      throw difference(step, real);
    }
    names = read;
  }

  private AssertionError difference(Step step, String real) {
    return new AssertionError(
        "%s shows for `%s`:\n%s\nbut this came out:\n%s"
            .formatted(page, step.command(), String.join("\n", step.output()), real));
  }

  private ShownOutput shown(Step step) {
    return new ShownOutput(step.command(), step.output(), names);
  }
}
