// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The BPF objects that the build compiled from src/test/bpf.
public final class TestObjects {
  private TestObjects() {}

  /// An object without the program that the verifier refuses, loaded.
  public static BpfObject loaded(String name) {
    BpfObject object = BpfObject.open(elf(name), name);
    if (name.equals("loader_test")) {
      object.program("test_refused").setAutoload(false);
    }
    object.load();
    return object;
  }

  /// The bytes of NAME.bpf.o.
  public static byte[] elf(String name) {
    String resource = "/dev/squall/bpf/" + name + ".bpf.o";
    try (InputStream in = TestObjects.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
