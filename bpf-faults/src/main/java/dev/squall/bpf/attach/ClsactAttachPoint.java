// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.linux.Clsact;
import dev.squall.bpf.linux.Clsact.Filter;
import dev.squall.bpf.linux.Clsact.Side;
import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.LinuxException;
import dev.squall.bpf.linux.NetworkNamespace;

/// Attaches by a filter of the `clsact` queue. The filter outlives its owner, so the program must
/// stop by itself, and whoever comes next removes it.
public record ClsactAttachPoint() implements AttachPoint {
  private static final int TRIES = 16;

  @Override
  public Attachment attach(BpfProgram program, int ifindex, Hook hook) {
    return new ClsactAttachment(
        NetworkNamespace.current(), addFilter(program, ifindex, sideOf(hook)));
  }

  /// Tries another handle when that one is taken, and the next priority when this one belongs to a
  /// filter of another kind, which is EINVAL.
  private static Filter addFilter(BpfProgram program, int ifindex, Side side) {
    int priority = 1;
    for (int attempt = 1; ; attempt++) {
      int handle = ClsactFilters.newHandle(ifindex);
      Filter filter = new Filter(ifindex, side, priority, handle, program.name(), 0);
      try {
        Clsact.addFilter(filter, program.fd());
        return filter;
      } catch (LinuxException e) {
        boolean taken = e.errno() == Errno.EEXIST;
        boolean otherKind = e.errno() == Errno.EINVAL;
        if (attempt == TRIES || !(taken || otherKind)) {
          throw e;
        }
        priority = otherKind ? priority + 1 : priority;
      }
    }
  }

  private static Side sideOf(Hook hook) {
    return switch (hook) {
      case INGRESS -> Side.INGRESS;
      case EGRESS -> Side.EGRESS;
    };
  }

  @Override
  public boolean endsWithOwner() {
    return false;
  }
}
