// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.squall.bpf.libbpf.BpfObject;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.target.IpPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/// The programs of `bench.bpf.c`: one that does nothing, one that does one lookup of a prefix.
public final class BarePrograms implements AutoCloseable {
  private static final long KEY_BYTES = 8;

  private final BpfObject object = BpfObject.open(image(), "bench");

  /// With these prefixes to look up.
  public BarePrograms(List<IpPrefix> prefixes) {
    object.map("bench_prefixes").setMaxEntries(Math.max(1, prefixes.size()));
    object.load();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment keys = arena.allocate(KEY_BYTES * prefixes.size(), 8);
      MemorySegment values = arena.allocate(JAVA_LONG, prefixes.size());
      for (int i = 0; i < prefixes.size(); i++) {
        byte[] address = prefixes.get(i).address().getAddress();
        keys.set(JAVA_INT, i * KEY_BYTES, prefixes.get(i).length());
        MemorySegment.copy(address, 0, keys, JAVA_BYTE, i * KEY_BYTES + 4, address.length);
      }
      object.map("bench_prefixes").updateBatch(keys, values, prefixes.size());
    }
  }

  private static byte[] image() {
    try (InputStream in = BarePrograms.class.getResourceAsStream("/dev/squall/bpf/bench.bpf.o")) {
      return Objects.requireNonNull(in, "bench.bpf.o is not built").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public BpfProgram empty() {
    return object.program("bench_empty");
  }

  public BpfProgram prefixLookup() {
    return object.program("bench_prefix");
  }

  @Override
  public void close() {
    object.close();
  }
}
