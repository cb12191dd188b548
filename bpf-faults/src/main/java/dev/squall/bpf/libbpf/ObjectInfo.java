// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Asks the kernel about a program, map or link by its descriptor. The offsets are those of `struct
/// bpf_prog_info`, `bpf_map_info` and `bpf_link_info` in linux/bpf.h; the kernel fills as much as
/// it is given room for.
final class ObjectInfo {
  private static final int NAME_BYTES = 16;
  private static final int MAP_BYTES = 40;
  private static final int PROGRAM_BYTES = 80;
  private static final int PROGRAM_MAP_COUNT = 52;
  private static final int PROGRAM_MAP_IDS = 56;
  private static final int PROGRAM_NAME = 64;
  private static final int LINK_BYTES = 32;

  private ObjectInfo() {}

  static MapInfo ofMap(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = ask(fd, arena.allocate(MAP_BYTES, 8), arena);
      MapInfo.Shape shape =
          new MapInfo.Shape(
              info.get(JAVA_INT, 0),
              info.get(JAVA_INT, 8),
              info.get(JAVA_INT, 12),
              info.get(JAVA_INT, 16));
      return new MapInfo(info.get(JAVA_INT, 4), name(info, 24), shape, info.get(JAVA_INT, 20));
    }
  }

  /// Twice, as the first answer says how many maps there are.
  static ProgramInfo ofProgram(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = ask(fd, arena.allocate(PROGRAM_BYTES, 8), arena);
      int count = info.get(JAVA_INT, PROGRAM_MAP_COUNT);
      MemorySegment ids = arena.allocate(JAVA_INT, Math.max(1, count));
      if (count > 0) {
        info.fill((byte) 0);
        info.set(JAVA_INT, PROGRAM_MAP_COUNT, count);
        info.set(JAVA_LONG, PROGRAM_MAP_IDS, ids.address());
        ask(fd, info, arena);
      }
      List<Integer> mapIds = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        mapIds.add(ids.getAtIndex(JAVA_INT, i));
      }
      int type = info.get(JAVA_INT, 0);
      return new ProgramInfo(info.get(JAVA_INT, 4), type, name(info, PROGRAM_NAME), mapIds);
    }
  }

  static LinkInfo ofLink(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = ask(fd, arena.allocate(LINK_BYTES, 8), arena);
      return new LinkInfo(
          info.get(JAVA_INT, 4),
          info.get(JAVA_INT, 0),
          info.get(JAVA_INT, 8),
          info.get(JAVA_INT, 16),
          info.get(JAVA_INT, 20));
    }
  }

  private static MemorySegment ask(int fd, MemorySegment info, Arena arena) {
    MemorySegment length = arena.allocateFrom(JAVA_INT, (int) info.byteSize());
    long buffer = info.address();
    int result = LibbpfBindings.OBJ_GET_INFO_BY_FD.callInt(fd, buffer, length.address());
    BpfException.check("asking about a BPF object", result);
    return info;
  }

  private static String name(MemorySegment info, long offset) {
    byte[] bytes = info.asSlice(offset, NAME_BYTES).toArray(JAVA_BYTE);
    int length = 0;
    while (length < NAME_BYTES && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
