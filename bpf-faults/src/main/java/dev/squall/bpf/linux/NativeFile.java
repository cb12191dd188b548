// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// An open file descriptor and its owner: closing this closes it, once. Descriptors that Squall
/// opens are not inherited by programs it starts.
public final class NativeFile implements AutoCloseable {
  private static final int CLOSED = -1;

  private int fd;

  /// Takes over a descriptor that some other call opened.
  public NativeFile(int fd) {
    this.fd = fd;
  }

  /// Opens a file by its path.
  ///
  /// @param flags as for open(2); O_CLOEXEC is added
  static NativeFile open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      long opened = Libc.OPEN.call(name, flags | Libc.O_CLOEXEC, 0);
      return new NativeFile(Libc.check("open " + path, opened));
    }
  }

  /// A descriptor of its own for what another one, which stays its owner's, has open.
  ///
  /// @param fd that may be closed afterwards
  public static NativeFile duplicateOf(int fd) {
    long duplicate = Libc.FCNTL.call(fd, Libc.F_DUPFD_CLOEXEC, 0);
    return new NativeFile(Libc.check("dup of " + fd, duplicate));
  }

  public int fd() {
    if (fd == CLOSED) {
      throw new IllegalStateException("the file is closed");
    }
    return fd;
  }

  public boolean isOpen() {
    return fd != CLOSED;
  }

  /// The inode number that fstat(2) gives.
  long inode() {
    try {
      return (long) Files.getAttribute(Path.of("/proc/self/fd/" + fd()), "unix:ino");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Maps a part of the file, shared with everyone who maps it, until the arena closes.
  public MemorySegment map(long offset, long length, boolean writable, Arena arena) {
    int protection = writable ? Libc.PROT_READ | Libc.PROT_WRITE : Libc.PROT_READ;
    return map(length, protection, Libc.MAP_SHARED, fd(), offset, arena);
  }

  /// Bytes of a memory page, 4096 or on some aarch64 kernels more.
  public static int pageSize() {
    return Libc.GETPAGESIZE.callInt(0);
  }

  /// Zeroed memory that takes up room only where it is touched, until the arena closes.
  public static MemorySegment reserve(long length, Arena arena) {
    int protection = Libc.PROT_READ | Libc.PROT_WRITE;
    return map(length, protection, Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS, -1, 0, arena);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment map(
      long length, int protection, int flags, int fd, long offset, Arena arena) {
    long address = Libc.MMAP.call(0, length, protection, flags, fd, offset);
    if (address == -1) {
      throw new LinuxException("mmap of " + length + " bytes", NativeFunction.errno());
    }
    return MemorySegment.ofAddress(address)
        .reinterpret(length, arena, gone -> Libc.MUNMAP.call(gone.address(), length));
  }

  @Override
  public void close() {
    if (fd != CLOSED) {
      int closing = fd;
      fd = CLOSED;
      Libc.CLOSE.call(closing);
    }
  }
}
