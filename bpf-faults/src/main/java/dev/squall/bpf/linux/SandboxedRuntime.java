// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runtimes that keep a pod's processes in a kernel of their own, away from the node's: what its
/// interface there shows is not what the pod's processes see.
///
/// They are known by the first process of the pod's control group: where the node's kernel runs the
/// pod, that is the pod's own.
final class SandboxedRuntime {
  private static final Map<String, String> BY_PROGRAM =
      Map.of(
          "runsc", "gVisor",
          "runsc-sandbox", "gVisor",
          "runsc-gofer", "gVisor",
          "containerd-shim-kata-v2", "Kata Containers",
          "virtiofsd", "Kata Containers",
          "cloud-hypervisor", "Kata Containers",
          "firecracker", "Kata Containers",
          "qemu-system-x86_64", "Kata Containers",
          "qemu-system-aarch64", "Kata Containers");

  private SandboxedRuntime() {}

  /// The name of the runtime, or null for an ordinary one.
  ///
  /// @param commandLine the text of /proc/PID/cmdline, whose arguments end with a zero
  static @Nullable String of(String commandLine) {
    int end = commandLine.indexOf('\0');
    String path = end < 0 ? commandLine : commandLine.substring(0, end);
    return BY_PROGRAM.get(path.substring(path.lastIndexOf('/') + 1));
  }
}
