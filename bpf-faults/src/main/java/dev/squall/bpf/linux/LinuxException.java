// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import org.jspecify.annotations.Nullable;

/// The kernel refused an operation. The message names the operation and what the kernel said; those
/// who know what the user asked for turn it into a sentence with a remedy.
public final class LinuxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  public LinuxException(String operation, int errno) {
    this(operation, errno, null);
  }

  /// @param detail the kernel's own explanation (netlink's extended acknowledgement), if it gave
  ///   one
  public LinuxException(String operation, int errno, @Nullable String detail) {
    super(operation + ": " + Errno.text(errno) + (detail == null ? "" : " (" + detail + ")"));
    this.errno = errno;
  }

  /// What to throw when the kernel refused an operation: when for lack of a capability, a
  /// [FaultException] of kind ENVIRONMENT that says which one.
  public static RuntimeException of(String operation, int errno, Capability needed) {
    return of(operation, errno, null, needed);
  }

  static RuntimeException of(
      String operation, int errno, @Nullable String detail, Capability needed) {
    if (errno != Errno.EPERM && errno != Errno.EACCES) {
      return new LinuxException(operation, errno, detail);
    }
    return new FaultException(
        Kind.ENVIRONMENT,
        "%s was refused: run as root or with %s".formatted(operation, needed.label()));
  }

  public int errno() {
    return errno;
  }
}
