// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import java.util.Set;

/// The API server, as the agent speaks to it. No method waits for it.
interface ControlPlane {

  /// Writes a status as soon as possible; of several for one NodeFault only the last counts.
  ///
  /// @param uid of the NodeFault, so that one of the same name that came later gets nothing of it
  void put(String name, String uid, NodeFaultStatus status);

  /// The NodeFault has gone: nothing more is to be said of it.
  void forget(String uid);

  /// Tells of the PeerSets of these experiments, by events, until other experiments are named.
  void needPeers(Set<String> experimentUids);
}
