// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

import java.util.ArrayDeque;
import java.util.Deque;

/// Attachments that end together, the last first.
public final class Attachments implements AutoCloseable {
  private final Deque<Attachment> attached = new ArrayDeque<>();

  public void add(Attachment attachment) {
    attached.push(attachment);
  }

  /// Whether all are still there.
  public boolean areAttached() {
    return attached.stream().allMatch(Attachment::isAttached);
  }

  /// One that fails does not keep the others.
  @Override
  public void close() {
    if (attached.isEmpty()) {
      return;
    }
    try (Attachment _ = attached.pop()) {
      close();
    }
  }
}
