// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import dev.squall.cli.docs.ConsoleBlock.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Does what a page tells its reader to do, from top to bottom, and compares what is seen.
///
/// The last command of a block goes on while the next block, if that is for the other terminal, is
/// done. The block after that shows the rest of its output; if it begins with `^C`, the command is
/// interrupted there.
final class PageRun {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration TIME_TO_START = Duration.ofSeconds(15);
  private static final String INTERRUPT = "^C";

  private final MarkdownPage page;
  private final ScratchHost host;
  private @Nullable Step running;

  PageRun(MarkdownPage page, ScratchHost host) {
    this.page = page;
    this.host = host;
  }

  void run() throws IOException {
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
    for (Step step : block.steps()) {
      terminal.type(step.command());
      if (staysOpen && step.equals(block.steps().getLast())) {
        awaitBeginning(step, terminal);
        running = step;
      } else {
        compare(step, terminal.await(PATIENCE));
      }
    }
  }

  private void finish(Step step, List<String> rest, Terminal terminal) throws IOException {
    List<String> shown = new ArrayList<>(step.output());
    shown.addAll(rest);
    if (shown.remove(INTERRUPT)) {
      terminal.interrupt();
    }
    compare(new Step(step.command(), shown), terminal.await(PATIENCE));
  }

  private void awaitBeginning(Step step, Terminal terminal) {
    Instant end = Instant.now().plus(TIME_TO_START);
    while (!shown(step).isBeginningOf(terminal.output())) {
      if (terminal.isReady() || Instant.now().isAfter(end)) {
        throw difference(step, terminal.output());
      }
      Terminal.pause();
    }
  }

  private void compare(Step step, String real) {
    if (!shown(step).matches(real)) {
      throw difference(step, real);
    }
  }

  private AssertionError difference(Step step, String real) {
    return new AssertionError(
        "%s shows for `%s`:\n%s\nbut this came out:\n%s"
            .formatted(page, step.command(), String.join("\n", step.output()), real));
  }

  private static ShownOutput shown(Step step) {
    return new ShownOutput(step.command(), step.output());
  }
}
