// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.experiment.cluster.ClusterPeer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands behind routes of the Gateway API at the moment.
public interface RouteServices {
  /// The Services behind a route; empty: there is no such route, or no Service behind it; null: not
  /// known yet.
  @Nullable List<ClusterPeer.Service> find(ClusterPeer.Route route);
}
