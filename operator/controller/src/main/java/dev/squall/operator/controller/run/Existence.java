// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.v1alpha1.ExperimentReference;

/// Whether experiments are still there. Asks the API server, and no cache.
public interface Existence {
  /// Whether there is this very object, and not another one of its name.
  boolean exists(ExperimentReference experiment);
}
