// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

import dev.squall.bpf.libbpf.BpfLink;

/// A program that a tcx link holds.
final class TcxAttachment implements Attachment {
  private final BpfLink link;

  TcxAttachment(BpfLink link) {
    this.link = link;
  }

  @Override
  public boolean isAttached() {
    return link.isOpen() && !link.info().isDefunct();
  }

  @Override
  public void close() {
    link.close();
  }
}
