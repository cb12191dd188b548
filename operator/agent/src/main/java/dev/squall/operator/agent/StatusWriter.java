// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes statuses on a thread of its own, one after the other. While the API server is away it
/// keeps the last one of each NodeFault and tries again.
final class StatusWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int BAD_REQUEST = 400;
  private static final int INVALID = 422;

  /// One attempt to write; returns the HTTP status.
  interface Patch {
    int patch(String name, String uid, NodeFaultStatus status)
        throws IOException, InterruptedException;
  }

  private record Writing(String name, String uid, NodeFaultStatus status) {}

  private final Patch patch;
  private final Map<String, Writing> waiting = new LinkedHashMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private @Nullable Writing current;

  StatusWriter(Patch patch) {
    this.patch = patch;
  }

  /// Writes this as soon as possible, in place of an older one of the same NodeFault.
  synchronized void put(String name, String uid, NodeFaultStatus status) {
    waiting.put(uid, new Writing(name, uid, status));
    notifyAll();
  }

  /// Writes nothing more of this NodeFault.
  synchronized void forget(String uid) {
    waiting.remove(uid);
    notifyAll();
  }

  long writes() {
    return writes.get();
  }

  long errors() {
    return errors.get();
  }

  /// Writes until it is interrupted.
  @Override
  public void run() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (true) {
        Writing next = take();
        if (write(next)) {
          pause = FIRST_PAUSE_MILLIS;
        } else {
          putBack(next);
          Thread.sleep(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("ended", e);
    }
  }

  private synchronized Writing take() throws InterruptedException {
    current = null;
    notifyAll();
    while (waiting.isEmpty()) {
      wait();
    }
    Writing next = waiting.values().iterator().next();
    waiting.remove(next.uid());
    current = next;
    return next;
  }

  /// Unless there is a newer one.
  private synchronized void putBack(Writing failed) {
    waiting.putIfAbsent(failed.uid(), failed);
  }

  private boolean write(Writing writing) throws InterruptedException {
    try {
      int code = patch.patch(writing.name(), writing.uid(), writing.status());
      if (code < 300) {
        writes.incrementAndGet();
        return true;
      }
      if (code == NOT_FOUND || code == CONFLICT) {
        return true; // The object has gone, or is another one.
      }
      failed(writing, "the API server answers " + code);
      // What it does not understand it never will; the next one may be another.
      return code == BAD_REQUEST || code == INVALID;
    } catch (IOException e) {
      failed(writing, String.valueOf(e.getMessage()));
    }
    return false;
  }

  private void failed(Writing writing, String why) {
    errors.incrementAndGet();
    LOG.atWarn().addKeyValue("nodefault", writing.name()).log("status not written: {}", why);
  }

  /// Waits until everything is written, but not longer than this.
  synchronized void flush(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!waiting.isEmpty() || current != null) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return;
      }
      wait(millis);
    }
  }
}
