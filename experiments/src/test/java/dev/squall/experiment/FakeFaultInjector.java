// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.Injection;
import dev.squall.fault.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fault injector without a kernel: it hands out one [FakeInjection] per experiment and remembers
/// what it was asked for.
public final class FakeFaultInjector implements FaultInjector {

  private final List<Experiment> experiments = new ArrayList<>();
  private final List<RunIdentity> identities = new ArrayList<>();
  private final FakeInjection injection;
  private @Nullable RuntimeException refusal;

  public FakeFaultInjector(FakeInjection injection) {
    this.injection = injection;
  }

  /// Makes the next preparations fail.
  public void refuse(RuntimeException refusal) {
    this.refusal = refusal;
  }

  @Override
  public Injection prepare(Experiment experiment, RunIdentity identity) {
    experiments.add(experiment);
    identities.add(identity);
    if (refusal != null) {
      throw refusal;
    }
    injection.prepared();
    return injection;
  }

  /// The experiments that were prepared, in order.
  public List<Experiment> experiments() {
    return List.copyOf(experiments);
  }

  /// The identities that the experiments were prepared with, in order.
  public List<RunIdentity> identities() {
    return List.copyOf(identities);
  }
}
