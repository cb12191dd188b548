// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

/// The error numbers that Squall acts on, the same on x86-64 and aarch64, and the text of any.
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int E2BIG = 7;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int ENOLINK = 67;
  public static final int EOPNOTSUPP = 95;
  public static final int EAFNOSUPPORT = 97;
  public static final int ENOBUFS = 105;

  /// Kernel-internal, but it reaches user space from BPF: "operation is not supported".
  public static final int ENOTSUPP = 524;

  private Errno() {}

  /// What strerror(3) says, with the number: `No such file or directory, errno 2`.
  public static String text(int errno) {
    if (errno == ENOTSUPP) {
      return "Operation not supported by the kernel, errno 524";
    }
    return Libc.errorText(errno) + ", errno " + errno;
  }
}
