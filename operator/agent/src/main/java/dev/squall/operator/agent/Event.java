// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.NodeFault;
import java.util.List;
import java.util.Map;

/// What the agent is told from outside.
sealed interface Event {

  /// A NodeFault is there, or has changed.
  record Applied(NodeFault nodeFault) implements Event {}

  /// A NodeFault is gone.
  record Deleted(String uid) implements Event {}

  /// The cluster's stop switch.
  record StopSwitch(boolean on) implements Event {}

  /// All PeerSets of an experiment, with their addresses, by name.
  record Peers(String experimentUid, Map<String, List<String>> addresses) implements Event {}

  /// This process is to end.
  enum Ending implements Event {
    ENDING
  }
}
