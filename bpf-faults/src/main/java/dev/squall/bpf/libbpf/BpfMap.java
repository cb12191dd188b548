// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.NativeFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A map: one of a [BpfObject], which closes it, or one of anybody's that was opened by its number.
///
/// Keys and values are native segments of exactly the sizes that the kernel has for them (for a
/// per-CPU map a value is one row of 8 bytes or a multiple for each possible CPU), as the kernel
/// would write beyond a smaller one.
public final class BpfMap implements AutoCloseable {
  private final String name;
  private long definition;
  private @Nullable NativeFile file;
  private @Nullable MapInfo info;
  private @Nullable Arena mapping;
  private @Nullable MemorySegment mapped;

  /// One that an object defines.
  ///
  /// @param definition in libbpf
  BpfMap(String name, long definition) {
    this.name = name;
    this.definition = definition;
  }

  private BpfMap(NativeFile file, MapInfo info) {
    this.name = info.name();
    this.file = file;
    this.info = info;
  }

  /// One that is owned by whoever closes it.
  static BpfMap own(int fd) {
    NativeFile file = new NativeFile(fd);
    try {
      return new BpfMap(file, ObjectInfo.ofMap(fd));
    } catch (BpfException e) {
      file.close();
      throw e;
    }
  }

  /// Takes what the definition stands for; the definition may end then.
  void takeOver() {
    int fd = LibbpfBindings.MAP_FD.callInt(definition);
    file = NativeFile.duplicateOf(BpfException.check("map " + name + " is not created", fd));
    definition = 0;
  }

  public String name() {
    return name;
  }

  public int fd() {
    if (file == null) {
      throw new IllegalStateException("map " + name + " is not created");
    }
    return file.fd();
  }

  /// What the kernel says of it, once it is created.
  public MapInfo info() {
    MapInfo known = info;
    if (known == null) {
      known = ObjectInfo.ofMap(fd());
      info = known;
    }
    return known;
  }

  /// Sets how many entries fit, before the object is loaded.
  public void setMaxEntries(int entries) {
    int result = LibbpfBindings.MAP_SET_MAX_ENTRIES.callInt(definition(), entries);
    BpfException.check("sizing map " + name, result);
  }

  /// Sets a constant of the programs, the only one of its section, before the object is loaded.
  public void setConstant(int value) {
    try (Arena call = Arena.ofConfined()) {
      long address = call.allocateFrom(JAVA_INT, value).address();
      int result =
          LibbpfBindings.MAP_SET_INITIAL_VALUE.callInt(definition(), address, Integer.BYTES);
      BpfException.check("setting " + name, result);
    }
  }

  private long definition() {
    if (definition == 0) {
      throw new IllegalStateException("map " + name + " is created already");
    }
    return definition;
  }

  /// Stores a value under a key, whether there was one or not.
  public void update(MemorySegment key, MemorySegment value) {
    requireSize(key, info().shape().keyBytes(), 1);
    requireSize(value, valueBytes(), 1);
    long from = value.address();
    int result = (int) LibbpfBindings.MAP_UPDATE_ELEM.call(fd(), key.address(), from, 0);
    BpfException.check("storing into map " + name, result);
  }

  /// Copies the value of a key, or returns false when there is none.
  public boolean lookup(MemorySegment key, MemorySegment value) {
    requireSize(key, info().shape().keyBytes(), 1);
    requireSize(value, valueBytes(), 1);
    long to = value.address();
    return found(LibbpfBindings.MAP_LOOKUP_ELEM.callInt(fd(), key.address(), to), "reading");
  }

  /// Removes a key, or returns false when it was not there.
  public boolean delete(MemorySegment key) {
    requireSize(key, info().shape().keyBytes(), 1);
    return found(LibbpfBindings.MAP_DELETE_ELEM.callInt(fd(), key.address()), "removing from");
  }

  private boolean found(int result, String operation) {
    if (result == -Errno.ENOENT) {
      return false;
    }
    BpfException.check(operation + " map " + name, result);
    return true;
  }

  /// Stores many values at once, a quarter of the cost of one by one, which is what happens where
  /// the kernel has no batches for this kind of map.
  ///
  /// @param keys all keys, one directly behind the other
  /// @param values all values, likewise
  public void updateBatch(MemorySegment keys, MemorySegment values, int count) {
    if (count == 0) {
      return;
    }
    requireSize(keys, info().shape().keyBytes(), count);
    requireSize(values, valueBytes(), count);
    try (Arena call = Arena.ofConfined()) {
      long counter = call.allocateFrom(JAVA_INT, count).address();
      long key = keys.address();
      int result =
          (int) LibbpfBindings.MAP_UPDATE_BATCH.call(fd(), key, values.address(), counter, 0, 0);
      switch (-result) {
        case Errno.ENOTSUPP, Errno.EOPNOTSUPP, Errno.EINVAL -> updateSingly(keys, values, count);
        default -> BpfException.check("storing " + count + " entries into map " + name, result);
      }
    }
  }

  private void updateSingly(MemorySegment keys, MemorySegment values, int count) {
    long key = info().shape().keyBytes();
    long value = valueBytes();
    for (long i = 0; i < count; i++) {
      update(keys.asSlice(i * key, key), values.asSlice(i * value, value));
    }
  }

  /// The whole array as memory that this process, the kernel and anyone else share: reading and
  /// writing it is no system call, but all of it counts as memory of this process. Only for arrays
  /// with BPF_F_MMAPABLE. Entry `i` is at `i * stride()`; counters want volatile access. It is
  /// unmapped when this map, or its object, closes, and access then is an [IllegalStateException].
  @SuppressWarnings("MustBeClosedChecker") // closed by unmap
  public MemorySegment mmap() {
    MemorySegment known = mapped;
    if (known != null) {
      return known;
    }
    if (!info().isMmapable()) {
      throw new IllegalStateException("map " + name + " lacks BPF_F_MMAPABLE");
    }
    long bytes = stride() * info().shape().maxEntries();
    Arena arena = Arena.ofShared();
    mapping = arena;
    known = file(fd()).map(0, bytes, true, arena);
    mapped = known;
    return known;
  }

  /// Ends the mapping, if there is one, until somebody asks for it again.
  public void unmap() {
    Arena arena = mapping;
    mapping = null;
    mapped = null;
    if (arena != null) {
      arena.close();
    }
  }

  /// Bytes from one entry to the next in [#mmap]: the size of a value rounded up to 8.
  public long stride() {
    return roundUp(info().shape().valueBytes(), 8);
  }

  /// Maps part of the map as the kernel lays it out, for the ring buffer.
  static MemorySegment mmapPart(int fd, long offset, long length, boolean writable, Arena arena) {
    return file(fd).map(offset, length, writable, arena);
  }

  private static NativeFile file(int fd) {
    return new NativeFile(fd);
  }

  private long valueBytes() {
    MapInfo.Shape shape = info().shape();
    return shape.isPerCpu() ? stride() * BpfIds.possibleCpus() : shape.valueBytes();
  }

  private void requireSize(MemorySegment buffer, long each, long count) {
    if (!buffer.isNative() || buffer.byteSize() < each * count) {
      throw new IllegalArgumentException(
          "map %s wants %d × %d bytes of native memory, not %s"
              .formatted(name, count, each, buffer));
    }
  }

  private static long roundUp(long value, long multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
    unmap();
  }
}
