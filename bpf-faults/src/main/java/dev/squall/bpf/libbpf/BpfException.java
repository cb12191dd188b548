// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import dev.squall.bpf.linux.Errno;

/// The kernel or libbpf refused an operation on a BPF object. The message is one line; what the
/// verifier said, if it was asked, is beside it in full.
public final class BpfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int errno;
  private final transient VerifierLog log;

  BpfException(String operation, int errno) {
    this(operation, errno, VerifierLog.EMPTY);
  }

  BpfException(String operation, int errno, VerifierLog log) {
    super(operation + ": " + (log.isEmpty() ? text(errno) : log.summary() + ", " + text(errno)));
    this.errno = errno;
    this.log = log;
  }

  /// The result of a libbpf function that returns a negative errno when it fails.
  static int check(String operation, int result) {
    if (result < 0) {
      throw new BpfException(operation, -result);
    }
    return result;
  }

  /// libbpf has error numbers of its own from 4000 on; its messages explain those.
  private static String text(int errno) {
    return errno < 4000 ? Errno.text(errno) : "libbpf error " + errno;
  }

  public int errno() {
    return errno;
  }

  public VerifierLog log() {
    return log;
  }
}
