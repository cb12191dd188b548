// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.net.InetAddress;

/// One TCP flow that no fault touches: the SSH connection that the caller works through.
///
/// @param peerPort 1 to 65535
/// @param localPort 1 to 65535
public record FlowExemption(InetAddress peer, int peerPort, int localPort) {

  private static final int LARGEST_PORT = 65_535;

  public FlowExemption {
    requirePort(peerPort);
    requirePort(localPort);
  }

  private static void requirePort(int port) {
    if (port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException(port + ": a port is from 1 to " + LARGEST_PORT);
    }
  }
}
