// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import java.util.ArrayList;
import java.util.List;

/// What a reader sees in one terminal: commands after a `$ `, each with its output.
///
/// @param inOtherTerminal said by the word `other` behind the language of the fence
/// @param leading output of the command that has been running since the last block
record ConsoleBlock(boolean inOtherTerminal, List<String> leading, List<Step> steps) {
  private static final String PROMPT = "$ ";

  /// A command and the lines that it prints.
  record Step(String command, List<String> output) {}

  static ConsoleBlock of(MarkdownPage.Fence fence) {
    List<String> leading = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (String line : fence.text()) {
      if (line.startsWith(PROMPT)) {
        steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
      } else if (steps.isEmpty()) {
        leading.add(line);
      } else {
        steps.getLast().output().add(line);
      }
    }
    return new ConsoleBlock(fence.argument().equals("other"), leading, steps);
  }
}
