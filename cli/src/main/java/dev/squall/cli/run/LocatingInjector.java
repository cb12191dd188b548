// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.experiment.Experiment;
import dev.squall.experiment.FaultInjector;
import dev.squall.fault.AttachedInterface;
import dev.squall.fault.Injection;
import dev.squall.fault.RunIdentity;
import java.util.List;
import java.util.function.Consumer;

/// Tells where the faults of an experiment are attached, before they begin: an experiment may leave
/// the interface open.
final class LocatingInjector implements FaultInjector {
  private final FaultInjector injector;
  private final Consumer<List<AttachedInterface>> found;

  LocatingInjector(FaultInjector injector, Consumer<List<AttachedInterface>> found) {
    this.injector = injector;
    this.found = found;
  }

  @Override
  public Injection prepare(Experiment experiment, RunIdentity identity) {
    Injection injection = injector.prepare(experiment, identity);
    try {
      found.accept(injection.interfaces());
      return injection;
    } catch (RuntimeException | Error failure) {
      injection.close();
      throw failure;
    }
  }
}
