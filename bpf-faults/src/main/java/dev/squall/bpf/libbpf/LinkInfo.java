// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

/// What the kernel knows of a link, the thing that holds a program on its hook.
///
/// @param id its number, unique on this machine until the next boot
/// @param type the `enum bpf_link_type`; 11 is tcx
/// @param programId the program that it holds
/// @param ifindex for tcx, the interface, numbered as in the interface's own network namespace,
///   which the kernel does not name; 0 when the interface has gone
/// @param attachType for tcx, 46 (ingress) or 47 (egress)
public record LinkInfo(int id, int type, int programId, int ifindex, int attachType) {
  static final int TCX = 11;

  public boolean isTcx() {
    return type == TCX;
  }

  /// The interface has gone and the link does nothing any more.
  public boolean isDefunct() {
    return isTcx() && ifindex == 0;
  }
}
