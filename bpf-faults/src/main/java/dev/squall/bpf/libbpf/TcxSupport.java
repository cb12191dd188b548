// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.squall.bpf.linux.Availability;
import dev.squall.bpf.linux.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Whether this kernel has tcx, the links that hold programs on interfaces (6.6 and newer).
public final class TcxSupport {
  /// `lo`, in every network namespace.
  private static final int LOOPBACK = 1;

  private TcxSupport() {}

  /// Asks what is attached to `lo`: a kernel without tcx calls the question invalid.
  public static Availability probe() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment flags = arena.allocate(JAVA_INT);
      MemorySegment count = arena.allocate(JAVA_INT);
      long hook = Hook.INGRESS.attachType();
      int result =
          (int)
              LibbpfBindings.PROG_QUERY.call(
                  LOOPBACK, hook, 0, flags.address(), 0, count.address());
      return switch (-result) {
        case 0, Errno.ENOENT -> Availability.YES;
        case Errno.EINVAL -> Availability.NO;
        default -> Availability.UNKNOWN;
      };
    }
  }
}
