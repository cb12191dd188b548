// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

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

  public int errno() {
    return errno;
  }
}
