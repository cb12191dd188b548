// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

/// A program of a [BpfObject].
public final class BpfProgram {
  private final String name;
  private final long program;

  BpfProgram(String name, long program) {
    this.name = name;
    this.program = program;
  }

  public String name() {
    return name;
  }

  /// The descriptor of the loaded program. It belongs to the object.
  public int fd() {
    int fd = LibbpfBindings.PROGRAM_FD.callInt(program);
    return BpfException.check("program " + name + " is not loaded", fd);
  }

  /// Whether loading the object loads this program too, which it does unless told otherwise.
  public void setAutoload(boolean autoload) {
    int result = LibbpfBindings.PROGRAM_SET_AUTOLOAD.callInt(program, autoload ? 1 : 0);
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
}
