// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.function.Supplier;

/// The functions of libc that Squall calls. Functions, not syscall(2) with numbers, so that the
/// same code serves every architecture.
final class Libc {
  private static final Supplier<SymbolLookup> LIBC =
      new Supplier<>() {
        @Override
        public SymbolLookup get() {
          return Linker.nativeLinker().defaultLookup();
        }
      };

  static final int O_RDONLY = 0;
  static final int O_RDWR = 2;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int F_DUPFD_CLOEXEC = 1030;
  static final int CLONE_NEWNET = 0x40000000;
  static final int PROT_READ = 1;
  static final int PROT_WRITE = 2;
  static final int MAP_SHARED = 1;
  static final int MAP_PRIVATE = 2;
  static final int MAP_ANONYMOUS = 0x20;
  static final int CLOCK_MONOTONIC = 1;
  static final int CLOCK_MONOTONIC_COARSE = 6;

  /// int open(const char *path, int flags, mode_t mode);
  static final NativeFunction OPEN = new NativeFunction(LIBC, "open");

  /// int close(int fd);
  static final NativeFunction CLOSE = new NativeFunction(LIBC, "close");

  /// int fcntl(int fd, int command, int argument);
  static final NativeFunction FCNTL = new NativeFunction(LIBC, "fcntl");

  /// ssize_t read(int fd, void *buffer, size_t count);
  static final NativeFunction READ = new NativeFunction(LIBC, "read");

  /// ssize_t write(int fd, const void *buffer, size_t count);
  static final NativeFunction WRITE = new NativeFunction(LIBC, "write");

  /// int ioctl(int fd, unsigned long request, void *argument);
  static final NativeFunction IOCTL = new NativeFunction(LIBC, "ioctl");

  /// int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t
  /// *mask);
  static final NativeFunction PPOLL = new NativeFunction(LIBC, "ppoll");

  /// void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset);
  static final NativeFunction MMAP = new NativeFunction(LIBC, "mmap");

  /// int getpagesize(void);
  static final NativeFunction GETPAGESIZE = new NativeFunction(LIBC, "getpagesize");

  /// int munmap(void *address, size_t length);
  static final NativeFunction MUNMAP = new NativeFunction(LIBC, "munmap");

  /// int setns(int fd, int kind);
  static final NativeFunction SETNS = new NativeFunction(LIBC, "setns");

  /// int unshare(int kinds);
  static final NativeFunction UNSHARE = new NativeFunction(LIBC, "unshare");

  /// int prctl(int option, unsigned long argument);
  static final NativeFunction PRCTL = new NativeFunction(LIBC, "prctl");

  /// int socket(int domain, int type, int protocol);
  static final NativeFunction SOCKET = new NativeFunction(LIBC, "socket");

  /// int setsockopt(int fd, int level, int option, const void *value, socklen_t length);
  static final NativeFunction SETSOCKOPT = new NativeFunction(LIBC, "setsockopt");

  /// ssize_t send(int fd, const void *buffer, size_t length, int flags);
  static final NativeFunction SEND = new NativeFunction(LIBC, "send");

  /// ssize_t recv(int fd, void *buffer, size_t length, int flags);
  static final NativeFunction RECV = new NativeFunction(LIBC, "recv");

  /// int clock_gettime(clockid_t clock, struct timespec *time);
  static final NativeFunction CLOCK_GETTIME = new NativeFunction(LIBC, "clock_gettime");

  /// int clock_getres(clockid_t clock, struct timespec *resolution);
  static final NativeFunction CLOCK_GETRES = new NativeFunction(LIBC, "clock_getres");

  /// char *strerror(int errno);
  private static final NativeFunction STRERROR = new NativeFunction(LIBC, "strerror");

  private Libc() {}

  /// Passes a result of 0 or more on; throws what `errno` says about any other.
  static int check(String operation, long result) {
    if ((int) result < 0) {
      throw new LinuxException(operation, NativeFunction.errno());
    }
    return (int) result;
  }

  @SuppressWarnings("restricted")
  static String errorText(int errno) {
    return MemorySegment.ofAddress(STRERROR.call(errno)).reinterpret(256).getString(0);
  }
}
