// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.squall.bpf.libbpf.BpfObject;
import dev.squall.bpf.libbpf.TestObjects;
import dev.squall.bpf.linux.Clsact;
import dev.squall.bpf.linux.Links;
import java.util.Objects;

/// Somebody else's filter on the way out of the target, of the kind that every kernel has. It
/// counts datagrams to [#PORT] over IPv4, and stays until the network goes.
final class ClsactCounter implements AutoCloseable {
  static final int PORT = ForeignCounter.PORT;

  private static final int PRIORITY = 1;
  private static final int HANDLE = 77;

  private final BpfObject object = TestObjects.loaded("foreign_counter");

  ClsactCounter(TestNetwork network) {
    network.target().run(this::attach);
  }

  private void attach() {
    int index = Objects.requireNonNull(Links.byName(TestNetwork.INTERFACE)).index();
    Clsact.add(index);
    Clsact.addFilter(
        new Clsact.Filter(index, Clsact.Side.EGRESS, PRIORITY, HANDLE, "foreign", 0),
        object.program("foreign_counter").fd());
  }

  long count() {
    return object.map("foreign_count").mmap().get(JAVA_LONG, 0);
  }

  @Override
  public void close() {
    object.close();
  }
}
