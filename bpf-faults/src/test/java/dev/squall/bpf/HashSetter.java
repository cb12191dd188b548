// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.libbpf.BpfObject;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.libbpf.TestRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/// Runs programs on packets that have a hash, which a test run cannot give them.
final class HashSetter implements AutoCloseable {
  private final BpfObject object = BpfObject.open(image(), "trip_test");

  HashSetter() {
    object.load();
  }

  private static byte[] image() {
    try (InputStream in = HashSetter.class.getResourceAsStream("trip_test.bpf.o")) {
      return Objects.requireNonNull(in, "trip_test.bpf.o is not built").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The priority of the packet is 0 for the program.
  TestRun run(BpfProgram program, byte[] packet, TestContext context, int hash) {
    try (Arena arena = Arena.ofConfined()) {
      object
          .map("test_next")
          .update(
              arena.allocateFrom(ValueLayout.JAVA_INT, 0),
              arena.allocateFrom(ValueLayout.JAVA_INT, program.fd()));
    }
    return object.program("test_with_hash").testRun(packet, context.withPriority(hash), 1);
  }

  @Override
  public void close() {
    object.close();
  }
}
