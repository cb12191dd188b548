// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// Begins experiments at certain times, as a CronJob begins Jobs.
@Group(SquallApi.GROUP)
@Version(SquallApi.VERSION)
public final class ExperimentSchedule
    extends CustomResource<ExperimentScheduleSpec, ExperimentScheduleStatus> implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  protected ExperimentScheduleSpec initSpec() {
    return ExperimentScheduleSpec.EMPTY;
  }

  @Override
  protected ExperimentScheduleStatus initStatus() {
    return ExperimentScheduleStatus.EMPTY;
  }
}
