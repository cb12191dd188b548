// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.squall.bpf.libbpf.BpfLink;
import dev.squall.bpf.libbpf.BpfObject;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.libbpf.TestObjects;
import dev.squall.bpf.linux.Links;
import java.util.Objects;

/// Somebody else's program on the target's interface. It counts datagrams to [#PORT] over IPv4.
final class ForeignCounter implements AutoCloseable {
  static final int PORT = 7010;

  private final BpfObject object = TestObjects.loaded("foreign_counter");
  private final BpfLink link;

  /// @param first whether it insists on being before all that are there
  ForeignCounter(TestNetwork network, Hook hook, boolean first) {
    link =
        network
            .target()
            .call(
                () -> {
                  int index = Objects.requireNonNull(Links.byName(TestNetwork.INTERFACE)).index();
                  return BpfLink.attachTcx(object.program("foreign_counter"), index, hook, first);
                });
  }

  long count() {
    return object.map("foreign_count").mmap().get(JAVA_LONG, 0);
  }

  @Override
  public void close() {
    link.close();
    object.close();
  }
}
