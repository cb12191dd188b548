// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.Injection;
import dev.squall.fault.RunIdentity;

/// Puts the faults of an experiment in place; the port through which a run reaches the kernel.
public interface FaultInjector {

  /// Loads and attaches everything that the experiment needs, without effect until it is armed.
  ///
  /// The experiment names no hosts any more (see [Experiment#resolved]). When this throws a
  /// `FaultException`, nothing is left in the kernel.
  Injection prepare(Experiment experiment, RunIdentity identity);
}
