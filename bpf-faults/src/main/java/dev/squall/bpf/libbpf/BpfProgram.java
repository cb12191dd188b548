// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import dev.squall.bpf.linux.NativeFile;
import org.jspecify.annotations.Nullable;

/// A program of a [BpfObject].
public final class BpfProgram {
  private final String name;
  private long definition;
  private @Nullable NativeFile loaded;

  /// @param definition in libbpf
  BpfProgram(String name, long definition) {
    this.name = name;
    this.definition = definition;
  }

  /// Takes what the definition stands for, if it was loaded; the definition may end then.
  void takeOver() {
    int fd = LibbpfBindings.PROGRAM_FD.callInt(definition);
    loaded = fd < 0 ? null : NativeFile.duplicateOf(fd);
    definition = 0;
  }

  public String name() {
    return name;
  }

  /// The descriptor of the loaded program. It belongs to the object.
  public int fd() {
    if (loaded == null) {
      throw new IllegalStateException("program " + name + " is not loaded");
    }
    return loaded.fd();
  }

  /// Whether loading the object loads this program too, which it does unless told otherwise.
  public void setAutoload(boolean autoload) {
    if (definition == 0) {
      throw new IllegalStateException("program " + name + " can no longer be chosen");
    }
    int result = LibbpfBindings.PROGRAM_SET_AUTOLOAD.callInt(definition, autoload ? 1 : 0);
    BpfException.check("choosing program " + name, result);
  }

  /// Runs the program in the kernel on a packet, touching no network.
  ///
  /// @param packet from the Ethernet header on; for IPv4 at least 34 bytes, at most 3.6 kB
  /// @param repeat how often; the packet is not restored in between, so only the first run sees it
  ///   as given
  public TestRun testRun(byte[] packet, TestContext context, int repeat) {
    return TestRunCall.run(this, packet, context, repeat);
  }

  void close() {
    if (loaded != null) {
      loaded.close();
    }
  }
}
