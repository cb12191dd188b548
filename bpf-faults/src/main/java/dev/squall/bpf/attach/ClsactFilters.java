// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

import dev.squall.bpf.linux.Clsact;
import dev.squall.bpf.linux.Clsact.Filter;
import dev.squall.bpf.linux.Clsact.Side;
import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Squall's filters among all those of the `clsact` queues, told by their handles, which also say
/// whether the queue was there before us and must stay. Acts in the network namespace of the
/// calling thread.
public final class ClsactFilters {
  /// The upper half of the handle of each filter of ours.
  private static final int MARK = 0x5153_0000;

  private static final int MARK_BITS = 0xffff_0000;

  /// Set when somebody else made the queue.
  private static final int FOREIGN_QUEUE = 1 << 15;

  private ClsactFilters() {}

  /// Those of one interface, both sides, whichever process made them.
  public static List<Filter> ours(int ifindex) {
    List<Filter> ours = new ArrayList<>();
    for (Side side : Side.values()) {
      for (Filter filter : Clsact.filters(ifindex, side)) {
        if ((filter.handle() & MARK_BITS) == MARK) {
          ours.add(filter);
        }
      }
    }
    return ours;
  }

  /// Makes sure that there is a queue and finds a handle for one more filter of ours. It is random,
  /// as other processes look for one too.
  static int newHandle(int ifindex) {
    boolean foreign = !Clsact.add(ifindex) && ours(ifindex).stream().allMatch(f -> isForeign(f));
    int random = ThreadLocalRandom.current().nextInt(1, FOREIGN_QUEUE);
    return MARK | (foreign ? FOREIGN_QUEUE : 0) | random;
  }

  private static boolean isForeign(Filter filter) {
    return (filter.handle() & FOREIGN_QUEUE) != 0;
  }

  /// Removes one of our filters, and with the last filter of anybody the queue, if it was ours.
  /// Does nothing when the filter or its interface has gone.
  public static void remove(Filter filter) {
    try {
      Clsact.deleteFilter(filter);
      if (!isForeign(filter) && Clsact.isEmpty(filter.ifindex())) {
        Clsact.delete(filter.ifindex());
      }
    } catch (LinuxException e) {
      boolean gone = e.errno() == Errno.ENOENT || e.errno() == Errno.ENODEV;
      if (!gone && e.errno() != Errno.EINVAL) { // EINVAL: the whole queue has gone
        throw e;
      }
    }
  }
}
