// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One thread that renews all leases of this process, four times in each term. It allocates nothing
/// while they stay the same, and ends with the last of them.
final class LeaseKeeper {
  private static final long PERIOD_NANOS = Lease.TERM.toNanos() / 4;

  private static volatile Lease[] leases = {};
  private static @Nullable Thread thread;

  private LeaseKeeper() {}

  static synchronized void add(Lease lease) {
    leases = Stream.concat(Arrays.stream(leases), Stream.of(lease)).toArray(Lease[]::new);
    if (thread == null || !thread.isAlive()) {
      thread = Thread.ofPlatform().name("squall-lease").daemon().start(LeaseKeeper::keepRenewing);
    }
  }

  static synchronized void remove(Lease lease) {
    leases = Arrays.stream(leases).filter(other -> other != lease).toArray(Lease[]::new);
    if (thread != null && leases.length == 0) {
      LockSupport.unpark(thread);
    }
  }

  private static void keepRenewing() {
    while (!isDone()) {
      LockSupport.parkNanos(PERIOD_NANOS);
      for (Lease lease : leases) {
        lease.renew();
      }
    }
  }

  private static synchronized boolean isDone() {
    if (leases.length > 0) {
      return false;
    }
    thread = null;
    return true;
  }
}
