// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

import dev.squall.bpf.libbpf.BpfLink;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.Hook;

/// Attaches by a tcx link, which is gone when the process that holds it is.
public record TcxAttachPoint() implements AttachPoint {
  @Override
  public Attachment attach(BpfProgram program, int ifindex, Hook hook) {
    return new TcxAttachment(BpfLink.attachTcx(program, ifindex, hook, true));
  }

  @Override
  public boolean endsWithOwner() {
    return true;
  }
}
