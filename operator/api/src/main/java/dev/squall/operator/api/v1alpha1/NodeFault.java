// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// What one experiment asks of one node: written by the controller, executed by the node's agent,
/// which alone writes the status. It lives in Squall's own namespace.
@Group(SquallApi.GROUP)
@Version(SquallApi.VERSION)
public final class NodeFault extends CustomResource<NodeFaultSpec, NodeFaultStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  protected NodeFaultSpec initSpec() {
    return NodeFaultSpec.EMPTY;
  }

  @Override
  protected NodeFaultStatus initStatus() {
    return NodeFaultStatus.EMPTY;
  }
}
