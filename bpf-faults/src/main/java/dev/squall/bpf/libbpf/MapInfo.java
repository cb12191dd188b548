// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

/// What the kernel knows of a map.
///
/// @param id its number, unique on this machine until the next boot
/// @param name at most 15 bytes
/// @param shape the sizes of what it holds
/// @param flags its BPF_F flags
public record MapInfo(int id, String name, Shape shape, int flags) {
  private static final int BPF_F_MMAPABLE = 0x400;

  /// The sizes of a map.
  ///
  /// @param type the `enum bpf_map_type`
  /// @param keyBytes bytes of a key
  /// @param valueBytes bytes of a value
  /// @param maxEntries how many entries fit; the bytes of the ring for a ring buffer
  public record Shape(int type, int keyBytes, int valueBytes, int maxEntries) {
    private static final int PERCPU_HASH = 5;
    private static final int PERCPU_ARRAY = 6;
    private static final int LRU_PERCPU_HASH = 10;

    boolean isPerCpu() {
      return type == PERCPU_HASH || type == PERCPU_ARRAY || type == LRU_PERCPU_HASH;
    }
  }

  boolean isMmapable() {
    return (flags & BPF_F_MMAPABLE) != 0;
  }
}
