// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.NativeFile;
import dev.squall.bpf.linux.NativeFunction;
import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Walks every BPF program, map and link of this machine, whoever made them and in whatever network
/// namespace they are. What comes or goes during a walk may be in the answer or not.
public final class BpfIds {
  private BpfIds() {}

  public static List<ProgramInfo> programs() {
    return walk(
        LibbpfBindings.PROG_GET_NEXT_ID, LibbpfBindings.PROG_GET_FD_BY_ID, ObjectInfo::ofProgram);
  }

  public static List<MapInfo> maps() {
    return walk(LibbpfBindings.MAP_GET_NEXT_ID, LibbpfBindings.MAP_GET_FD_BY_ID, ObjectInfo::ofMap);
  }

  public static List<LinkInfo> links() {
    return walk(
        LibbpfBindings.LINK_GET_NEXT_ID, LibbpfBindings.LINK_GET_FD_BY_ID, ObjectInfo::ofLink);
  }

  /// Opens a map for reading and writing, or returns null when there is none of that number. As
  /// long as it is open the kernel keeps the map, even when nobody else has it any more.
  public static @Nullable BpfMap openMap(int id) {
    int fd = open(LibbpfBindings.MAP_GET_FD_BY_ID, id);
    return fd == -Errno.ENOENT ? null : BpfMap.own(fd);
  }

  private static <T> List<T> walk(
      NativeFunction nextId, NativeFunction fdById, IntFunction<T> describe) {
    List<T> found = new ArrayList<>();
    for (int id = next(nextId, 0); id != 0; id = next(nextId, id)) {
      int fd = open(fdById, id);
      if (fd >= 0) {
        try (NativeFile file = new NativeFile(fd)) {
          found.add(describe.apply(file.fd()));
        }
      }
    }
    return found;
  }

  /// The next number in use after this one, or 0 at the end.
  private static int next(NativeFunction nextId, int after) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment id = arena.allocate(JAVA_INT);
      int result = nextId.callInt(after, id.address());
      if (result == -Errno.ENOENT) {
        return 0;
      }
      permitted("listing BPF objects", result);
      return id.get(JAVA_INT, 0);
    }
  }

  /// A descriptor, or -ENOENT when the object has gone, or is a link that is still being made,
  /// which the kernel calls EAGAIN (bpf_link_by_id in kernel/bpf/syscall.c).
  private static int open(NativeFunction fdById, int id) {
    int fd = fdById.callInt(id);
    return fd == -Errno.ENOENT || fd == -Errno.EAGAIN
        ? -Errno.ENOENT
        : permitted("opening BPF object " + id, fd);
  }

  private static int permitted(String operation, int result) {
    if (result == -Errno.EPERM) {
      throw new FaultException(
          Kind.ENVIRONMENT,
          operation + " was refused: run as root or with CAP_SYS_ADMIN or CAP_BPF");
    }
    return BpfException.check(operation, result);
  }

  /// How many CPUs this machine may ever have, which is how many rows a per-CPU value has.
  static int possibleCpus() {
    return LibbpfBindings.NUM_POSSIBLE_CPUS.callInt(0);
  }
}
