// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

/// Where on an interface a program sees packets.
public enum Hook {
  /// Packets that the interface received, before the stack sees them.
  INGRESS(46),
  /// Packets that the stack sends, before the interface's queue.
  EGRESS(47);

  private final int attachType;

  Hook(int attachType) {
    this.attachType = attachType;
  }

  /// The `enum bpf_attach_type` of a tcx link.
  int attachType() {
    return attachType;
  }
}
