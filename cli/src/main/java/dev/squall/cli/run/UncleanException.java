// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.fault.FaultException;

/// A run went wrong after its faults had begun, so it is not certain that all of it is undone.
public final class UncleanException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UncleanException(Throwable cause) {
    super(
        (cause instanceof FaultException ? cause.getMessage() : cause)
            + "; the faults had begun, so ask squall verify-clean whether anything is left",
        cause);
  }
}
