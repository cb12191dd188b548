// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import java.util.Set;

/// The real API server.
record UpstreamApi(StatusWriter writer, PeerSetWatch peerSets) implements ControlPlane {
  @Override
  public void put(String name, String uid, NodeFaultStatus status) {
    writer.put(name, uid, status);
  }

  @Override
  public void forget(String uid) {
    writer.forget(uid);
  }

  @Override
  public void needPeers(Set<String> experimentUids) {
    peerSets.watchOnly(experimentUids);
  }
}
