// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.run.UncleanException;
import dev.squall.experiment.file.FileException;
import dev.squall.fault.FaultException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// Turns a failure into one sentence on standard error and an exit status.
///
/// Only a failure that nobody foresaw brings a stack trace, for it is a bug to be reported.
final class Failure {
  private Failure() {}

  static ExitStatus explain(Exception failure, Console console) {
    return switch (failure) {
      case FaultException fault -> say(console, fault, status(fault.kind()));
      case UncleanException unclean -> say(console, unclean, ExitStatus.NOT_CLEAN);
      case FileException file -> {
        file.problems().forEach(problem -> console.error(problem.toString()));
        yield ExitStatus.USAGE;
      }
      default -> {
        console.error(trace(failure));
        console.error("squall: this is a bug in squall; please report it with the lines above");
        yield ExitStatus.NOT_INJECTED;
      }
    };
  }

  private static ExitStatus say(Console console, Exception failure, ExitStatus status) {
    console.error("squall: " + failure.getMessage());
    return status;
  }

  private static ExitStatus status(FaultException.Kind kind) {
    return switch (kind) {
      case USER -> ExitStatus.USAGE;
      case ENVIRONMENT, INTERNAL -> ExitStatus.NOT_INJECTED;
    };
  }

  private static String trace(Exception failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return trace.toString().stripTrailing();
  }
}
