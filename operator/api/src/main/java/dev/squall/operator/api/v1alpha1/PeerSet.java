// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// Addresses of one experiment's peers, written once by the controller into Squall's own namespace
/// and read by all nodes. The label [SquallApi#EXPERIMENT_UID] says whose they are.
@Group(SquallApi.GROUP)
@Version(SquallApi.VERSION)
public final class PeerSet extends CustomResource<PeerSetSpec, Void> implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  protected PeerSetSpec initSpec() {
    return PeerSetSpec.EMPTY;
  }
}
