// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.time.Duration;
import java.util.Map;

/// What the agent sees of its node, besides what it injects.
interface Node {

  /// The networks of all pods that run here, by the pods' UIDs; one look at all processes.
  ///
  /// @param now the monotonic clock, in which the answer is
  Map<String, PodNetwork> podNetworks(Duration now);

  /// The number of the network namespace that the agent itself is in.
  long ownNamespace();
}
