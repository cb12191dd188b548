// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.squall.bpf.linux.Capability;
import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.LinuxException;
import dev.squall.bpf.linux.NativeFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A program on a hook, held there by one file descriptor: closing it, or the death of this process
/// (about 15 ms later), takes the program off. It is never pinned.
public final class BpfLink implements AutoCloseable {
  private static final int BPF_F_BEFORE = 8;
  private static final long OPTS_BYTES = 32; // struct bpf_link_create_opts up to target_btf_id
  private static final long OPTS_FLAGS = 8;

  private final NativeFile file;

  private BpfLink(NativeFile file) {
    this.file = file;
  }

  /// Attaches by tcx, which needs kernel 6.6. It takes 4 to 16 ms, as the kernel waits for running
  /// packets while it holds the lock of all network configuration.
  ///
  /// @param ifindex an interface of the calling thread's network namespace
  /// @param first whether to run before all programs that are already there, else after them
  public static BpfLink attachTcx(BpfProgram program, int ifindex, Hook hook, boolean first) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = arena.allocate(OPTS_BYTES, 8);
      options.set(JAVA_LONG, 0, OPTS_BYTES);
      options.set(JAVA_INT, OPTS_FLAGS, first ? BPF_F_BEFORE : 0);
      long attach = hook.attachType();
      int fd = LibbpfBindings.LINK_CREATE.callInt(program.fd(), ifindex, attach, options.address());
      String operation = "attaching " + program.name() + " to interface " + ifindex;
      if (fd == -Errno.EPERM) {
        throw LinuxException.of(operation, Errno.EPERM, Capability.NET_ADMIN);
      }
      BpfException.check(operation, fd);
      return new BpfLink(new NativeFile(fd));
    }
  }

  public int fd() {
    return file.fd();
  }

  /// Not closed yet.
  public boolean isOpen() {
    return file.isOpen();
  }

  public LinkInfo info() {
    return ObjectInfo.ofLink(fd());
  }

  @Override
  public void close() {
    file.close();
  }
}
