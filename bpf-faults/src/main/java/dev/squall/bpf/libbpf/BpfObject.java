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
import java.util.HashMap;
import java.util.Map;

/// The programs and maps of one ELF file: opened, adjusted, loaded into the kernel.
///
/// Its programs, maps and mapped memory are borrowed: they end when this closes. Links hold their
/// program and its maps by themselves, so closing the object does not detach anything.
///
/// Of what libbpf knows about the file, nothing is kept once it is loaded: it would be half a
/// megabyte for each object.
public final class BpfObject implements AutoCloseable {
  /// Taken up only where the verifier writes, which it does only when it refuses. A log that does
  /// not fit turns the real error into ENOSPC.
  private static final long LOG_BYTES = 16L << 20;

  private static final long OPTS_BYTES = 80; // struct bpf_object_open_opts of libbpf 1.0
  private static final long OPTS_NAME = 8;
  private static final long OPTS_LOG_BUFFER = 56;
  private static final long OPTS_LOG_SIZE = 64;
  private static final long CLOSED = 0;

  private final Map<String, BpfProgram> programs = new HashMap<>();
  private final Map<String, BpfMap> maps = new HashMap<>();
  private final Arena untilLoaded = Arena.ofConfined();
  private final MemorySegment log = NativeFile.reserve(LOG_BYTES, untilLoaded);
  private final String name;
  private long definition;

  private BpfObject(byte[] elf, String name) {
    this.name = name;
    MemorySegment image = untilLoaded.allocate(elf.length, 8).copyFrom(MemorySegment.ofArray(elf));
    MemorySegment options = untilLoaded.allocate(OPTS_BYTES, 8);
    options.set(JAVA_LONG, 0, OPTS_BYTES);
    options.set(JAVA_LONG, OPTS_NAME, untilLoaded.allocateFrom(name).address());
    options.set(JAVA_LONG, OPTS_LOG_BUFFER, log.address());
    options.set(JAVA_LONG, OPTS_LOG_SIZE, LOG_BYTES);
    LibbpfMessages.capture();
    definition =
        LibbpfBindings.OBJECT_OPEN_MEM.call(image.address(), elf.length, options.address());
  }

  /// Reads an ELF file; the kernel is not asked yet. The calling thread also loads it.
  ///
  /// @param name what to call the object, as libbpf derives map names from it
  public static BpfObject open(byte[] elf, String name) {
    BpfObject opened = new BpfObject(elf, name);
    if (opened.definition == 0) {
      int errno = NativeFunction.errno();
      opened.untilLoaded.close();
      throw new BpfException("opening " + name, errno, LibbpfMessages.take());
    }
    opened.findAll();
    return opened;
  }

  private void findAll() {
    for (long program = nextProgram(0); program != 0; program = nextProgram(program)) {
      String found = Libbpf.text(LibbpfBindings.PROGRAM_NAME.call(program));
      programs.put(found, new BpfProgram(found, program));
    }
    for (long map = nextMap(0); map != 0; map = nextMap(map)) {
      String found = Libbpf.text(LibbpfBindings.MAP_NAME.call(map));
      maps.put(found, new BpfMap(found, map));
    }
  }

  private long nextProgram(long program) {
    return LibbpfBindings.OBJECT_NEXT_PROGRAM.call(definition, program);
  }

  private long nextMap(long map) {
    return LibbpfBindings.OBJECT_NEXT_MAP.call(definition, map);
  }

  /// The program of that name.
  public BpfProgram program(String programName) {
    return find(programs, programName);
  }

  /// The map of that name.
  public BpfMap map(String mapName) {
    return find(maps, mapName);
  }

  private <T> T find(Map<String, T> all, String wanted) {
    T found = all.get(wanted);
    if (found == null) {
      throw new IllegalArgumentException(name + " has nothing named " + wanted);
    }
    return found;
  }

  /// Creates the maps and loads the programs.
  ///
  /// @throws FaultException of kind ENVIRONMENT when this process may not use BPF
  /// @throws BpfException with the verifier's log when the kernel refuses the object
  public void load() {
    int result = LibbpfBindings.OBJECT_LOAD.callInt(definition);
    if (result == 0) {
      takeOver();
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

  /// libbpf would close its descriptors with its definitions.
  private void takeOver() {
    programs.values().forEach(BpfProgram::takeOver);
    maps.values().forEach(BpfMap::takeOver);
    forgetDefinition();
  }

  private void forgetDefinition() {
    if (definition != CLOSED) {
      LibbpfBindings.OBJECT_CLOSE.call(definition);
      definition = CLOSED;
      untilLoaded.close();
    }
  }

  @Override
  public void close() {
    programs.values().forEach(BpfProgram::close);
    maps.values().forEach(BpfMap::close);
    forgetDefinition();
  }
}
