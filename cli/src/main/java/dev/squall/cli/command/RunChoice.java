// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.fault.ActiveRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of the runs there are a user means.
final class RunChoice {
  private RunChoice() {}

  /// The run that begins so; without an ID the only one, or none where nothing runs.
  ///
  /// @param alternative to an ID where there are several, for the message
  static List<ActiveRun> of(List<ActiveRun> runs, @Nullable String id, String alternative) {
    if (id == null && runs.size() <= 1) {
      return runs;
    }
    String known = String.join(", ", runs.stream().map(ActiveRun::id).toList());
    if (id == null) {
      throw Usage.wrong("several runs are there (%s): give one ID%s".formatted(known, alternative));
    }
    List<ActiveRun> named = runs.stream().filter(run -> run.id().startsWith(id)).toList();
    return switch (named.size()) {
      case 1 -> named;
      case 0 ->
          throw Usage.wrong(
              "no run begins with %s: %s"
                  .formatted(id, runs.isEmpty() ? "nothing runs" : "there are " + known));
      default ->
          throw Usage.wrong(
              "%s is the beginning of several runs: there are %s".formatted(id, known));
    };
  }
}
