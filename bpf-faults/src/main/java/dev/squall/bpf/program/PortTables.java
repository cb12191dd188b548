// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.PortMap;
import dev.squall.bpf.abi.TableMap;

/// The classes of ports, and what each class means.
public final class PortTables {
  private final PortClasses peer;
  private final PortClasses local;

  PortTables(PortClasses peer, PortClasses local) {
    this.peer = peer;
    this.local = local;
  }

  /// What each class means in one direction.
  public void writeClasses(TableMap table, int direction) {
    for (int i = 0; i < peer.masks().size(); i++) {
      table.setPeerPort(i, peer.masks().get(i).of(direction));
    }
    for (int i = 0; i < local.masks().size(); i++) {
      table.setLocalPort(i, local.masks().get(i).of(direction));
    }
  }

  /// The class of each port; those of class 0 need not be written.
  public void writePorts(PortMap map) {
    for (int port = 0; port < 65536; port++) {
      if (peer.classOf(port) != 0) {
        map.setPeer(port, peer.classOf(port));
      }
      if (local.classOf(port) != 0) {
        map.setLocal(port, local.classOf(port));
      }
    }
  }
}
