// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.libbpf.TcxSupport;
import dev.squall.bpf.linux.Availability;

/// A way of getting programs onto an interface.
public sealed interface AttachPoint permits ClsactAttachPoint, TcxAttachPoint {
  /// tcx where the kernel has it (6.6 and newer), else clsact. Where it could not be found out,
  /// tcx, whose error then says why.
  static AttachPoint probe() {
    Availability tcx = TcxSupport.probe();
    return tcx == Availability.NO ? new ClsactAttachPoint() : new TcxAttachPoint();
  }

  /// Attaches a program, before all that are there.
  ///
  /// @param ifindex an interface of the calling thread's network namespace
  Attachment attach(BpfProgram program, int ifindex, Hook hook);

  /// Whether the kernel takes the program off when this process dies.
  boolean endsWithOwner();
}
