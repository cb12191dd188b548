// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.run.UncleanException;
import dev.squall.experiment.file.FileException;
import dev.squall.fault.FaultException;
import java.util.Arrays;

/// Turns a failure into one sentence on standard error and an exit status.
final class Failure {
  private Failure() {}

  static ExitStatus explain(Throwable failure, Console console) {
    return switch (failure) {
      case FaultException fault -> say(console, fault, status(fault.kind()));
      case UncleanException unclean -> say(console, unclean, ExitStatus.NOT_CLEAN);
      case FileException file -> {
        file.problems().forEach(problem -> console.error(problem.toString()));
        yield ExitStatus.USAGE;
      }
      case LinkageError damaged -> {
        console.error(
            "squall: this installation is damaged (%s): build it again".formatted(damaged));
        yield ExitStatus.NOT_INJECTED;
      }
      default -> {
        console.error(
            "squall: this is a bug in squall, please report it: %s, %s"
                .formatted(failure, place(failure)));
        yield ExitStatus.NOT_INJECTED;
      }
    };
  }

  private static ExitStatus say(Console console, Exception failure, ExitStatus status) {
    console.error("squall: " + failure.getMessage());
    return status;
  }

  /// The nearest line of ours.
  private static String place(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("dev.squall."))
        .findFirst()
        .map(frame -> "at " + frame)
        .orElse("somewhere in Java");
  }

  private static ExitStatus status(FaultException.Kind kind) {
    return switch (kind) {
      case USER -> ExitStatus.USAGE;
      case ENVIRONMENT, INTERNAL -> ExitStatus.NOT_INJECTED;
    };
  }
}
