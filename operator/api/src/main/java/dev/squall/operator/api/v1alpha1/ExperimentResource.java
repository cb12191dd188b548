// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;

/// An `Experiment` as it is applied. Like a Job: one object, one run.
///
/// [ExperimentMapper] knows what it means.
@Group(SquallApi.GROUP)
@Version(SquallApi.VERSION)
@Kind("Experiment")
public final class ExperimentResource extends CustomResource<ExperimentSpec, ExperimentStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  protected ExperimentSpec initSpec() {
    return ExperimentSpec.EMPTY;
  }

  @Override
  protected ExperimentStatus initStatus() {
    return ExperimentStatus.EMPTY;
  }
}
