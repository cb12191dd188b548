// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

import dev.squall.bpf.linux.Clsact;
import dev.squall.bpf.linux.Clsact.Filter;
import dev.squall.bpf.linux.NetworkNamespace;

/// A program that a clsact filter holds. It keeps the interface's network namespace alive.
final class ClsactAttachment implements Attachment {
  private final NetworkNamespace namespace;
  private final Filter filter;
  private boolean closed;

  ClsactAttachment(NetworkNamespace namespace, Filter filter) {
    this.namespace = namespace;
    this.filter = filter;
  }

  @Override
  public boolean isAttached() {
    return !closed && namespace.call(this::isThere);
  }

  private boolean isThere() {
    return Clsact.filters(filter.ifindex(), filter.side()).stream()
        .anyMatch(there -> there.handle() == filter.handle());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      namespace.run(() -> ClsactFilters.remove(filter));
      namespace.close();
    }
  }
}
