// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.NativeFile;
import dev.squall.bpf.linux.NativeFunction;
import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The programs and maps of one ELF file: opened, adjusted, loaded into the kernel.
///
/// Its programs, maps and mapped memory are borrowed: they end when this closes. Links hold their
/// program and its maps by themselves, so closing the object does not detach anything.
public final class BpfObject implements AutoCloseable {
  /// Taken up only where the verifier writes, which it does only when it refuses. A log that does
  /// not fit turns the real error into ENOSPC.
  private static final long LOG_BYTES = 16L << 20;

  private static final long OPTS_BYTES = 80; // struct bpf_object_open_opts of libbpf 1.0
  private static final long OPTS_NAME = 8;
  private static final long OPTS_LOG_BUFFER = 56;
  private static final long OPTS_LOG_SIZE = 64;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment log = NativeFile.reserve(LOG_BYTES, arena);
  private final String name;
  private final long object;

  private BpfObject(byte[] elf, String name) {
    this.name = name;
    MemorySegment image = arena.allocate(elf.length, 8).copyFrom(MemorySegment.ofArray(elf));
    MemorySegment options = arena.allocate(OPTS_BYTES, 8);
    options.set(JAVA_LONG, 0, OPTS_BYTES);
    options.set(JAVA_LONG, OPTS_NAME, arena.allocateFrom(name).address());
    options.set(JAVA_LONG, OPTS_LOG_BUFFER, log.address());
    options.set(JAVA_LONG, OPTS_LOG_SIZE, LOG_BYTES);
    LibbpfMessages.capture();
    object = LibbpfBindings.OBJECT_OPEN_MEM.call(image.address(), elf.length, options.address());
  }

  /// Reads an ELF file; the kernel is not asked yet.
  ///
  /// @param name what to call the object, as libbpf derives map names from it
  public static BpfObject open(byte[] elf, String name) {
    BpfObject opened = new BpfObject(elf, name);
    if (opened.object == 0) {
      int errno = NativeFunction.errno();
      opened.arena.close();
      throw new BpfException("opening " + name, errno, LibbpfMessages.take());
    }
    return opened;
  }

  /// The program of that name.
  public BpfProgram program(String programName) {
    return new BpfProgram(programName, find(LibbpfBindings.OBJECT_FIND_PROGRAM, programName));
  }

  /// The map of that name.
  public BpfMap map(String mapName) {
    return new BpfMap(mapName, find(LibbpfBindings.OBJECT_FIND_MAP, mapName), arena);
  }

  private long find(NativeFunction finder, String wanted) {
    try (Arena text = Arena.ofConfined()) {
      long found = finder.call(object, text.allocateFrom(wanted).address());
      if (found == 0) {
        throw new IllegalArgumentException(name + " has nothing named " + wanted);
      }
      return found;
    }
  }

  /// Creates the maps and loads the programs.
  ///
  /// @throws FaultException of kind ENVIRONMENT when this process may not use BPF
  /// @throws BpfException with the verifier's log when the kernel refuses the object
  public void load() {
    int result = LibbpfBindings.OBJECT_LOAD.callInt(object);
    if (result == 0) {
      return;
    }
    VerifierLog messages = LibbpfMessages.take();
    VerifierLog verifier = new VerifierLog(log.getString(0));
    if (result == -Errno.EPERM && verifier.isEmpty()) {
      throw new FaultException(
          Kind.ENVIRONMENT,
          "loading a BPF program was refused: run as root or with CAP_BPF, CAP_NET_ADMIN and"
              + " CAP_PERFMON");
    }
    throw new BpfException("loading " + name, -result, verifier.isEmpty() ? messages : verifier);
  }

  @Override
  public void close() {
    LibbpfBindings.OBJECT_CLOSE.call(object);
    arena.close();
  }
}
