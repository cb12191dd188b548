// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.lang.foreign.MemorySegment;

/// `squall_ports`: the class of every port; what a class means is in `squall_table`.
public final class PortMap {
  public static final String NAME = "squall_ports";

  static final Struct PORTS = new Struct("squall_ports");
  private static final Field PEER = PORTS.bytes("peer", 65536);
  private static final Field LOCAL = PORTS.bytes("local", 65536);

  private final MemorySegment memory;

  public PortMap(MemorySegment memory) {
    this.memory = memory;
  }

  public void setPeer(int port, int portClass) {
    PEER.setByte(memory, 0, port, portClass);
  }

  public void setLocal(int port, int portClass) {
    LOCAL.setByte(memory, 0, port, portClass);
  }
}
