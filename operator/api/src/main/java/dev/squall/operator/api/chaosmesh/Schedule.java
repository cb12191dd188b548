// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// Chaos Mesh's Schedule; of its types Squall runs NetworkChaos only.
@Group(ChaosMesh.GROUP)
@Version(ChaosMesh.VERSION)
public final class Schedule extends CustomResource<ScheduleSpec, ScheduleStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  protected ScheduleSpec initSpec() {
    return ScheduleSpec.EMPTY;
  }

  @Override
  protected ScheduleStatus initStatus() {
    return ScheduleStatus.EMPTY;
  }
}
