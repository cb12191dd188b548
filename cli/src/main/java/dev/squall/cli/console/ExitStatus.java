// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

/// The exit statuses of `squall`; stable, because scripts rely on them.
public enum ExitStatus {
  /// It ran and cleaned up, or the question was answered with yes.
  OK(0),
  /// Wrong usage, file or target; nothing was changed.
  USAGE(2),
  /// The fault could not be injected, or cannot be on this host.
  NOT_INJECTED(5),
  /// It could not be shown that nothing was left behind.
  NOT_CLEAN(6),
  /// Ended by SIGINT after undoing everything; the JVM itself exits with 128 plus the signal.
  INTERRUPTED(130),
  /// Ended by SIGTERM after undoing everything; likewise.
  TERMINATED(143);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /// The number that the process exits with.
  public int code() {
    return code;
  }
}
