// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// What experiments may do in a cluster. Where there are several policies, an experiment keeps to
/// all of them.
@Group(SquallApi.GROUP)
@Version(SquallApi.VERSION)
@Plural("squallpolicies")
public final class SquallPolicy extends CustomResource<SquallPolicySpec, Void> {
  private static final long serialVersionUID = 1;

  @Override
  protected SquallPolicySpec initSpec() {
    return SquallPolicySpec.UNLIMITED;
  }
}
