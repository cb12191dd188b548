// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.experiment.Experiment;
import dev.squall.experiment.FaultInjector;
import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import dev.squall.fault.Injection;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Target;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Prepares what is wanted for one NodeFault.
///
/// @param name of the NodeFault
/// @param ownNamespace the network that is never touched: the agent's
/// @param seed for experiments that bring none
record Preparer(
    FaultInjector injector, String name, long ownNamespace, long seed, Supplier<Moment> clock) {

  /// One that draws a seed.
  static Preparer of(
      FaultInjector injector, String name, long ownNamespace, Supplier<Moment> clock) {
    long seed = new SplittableRandom().nextLong(1L << Integer.SIZE);
    return new Preparer(injector, name, ownNamespace, seed, clock);
  }

  Duration now() {
    return clock.get().monotonic();
  }

  /// @throws FaultException why not
  Held prepare(WantedInjection wanted, String part, PodNetwork network) {
    if (network.namespace() == ownNamespace) {
      throw new FaultException(Kind.USER, "this pod is Squall's own agent, which is never hit");
    }
    Injection injection = injector.prepare(wanted.experiment(), identity(wanted, part));
    return new Held(injection, wanted, network);
  }

  private RunIdentity identity(WantedInjection wanted, String part) {
    Experiment experiment = wanted.experiment();
    Target.Pod pod = wanted.pod();
    String who = pod.name() == null ? pod.uid() : pod.name();
    // Pods do not decide in step, and the same pods decide the same again.
    long own = (part + " " + who).hashCode();
    long chosen = experiment.seed() == null ? seed : experiment.seed();
    return new RunIdentity(
        "%08x".formatted((name + " " + part + " " + pod.uid()).hashCode()),
        "NodeFault %s, part %s".formatted(name, part),
        chosen + (own << Integer.SIZE),
        wanted.dryRun(),
        false,
        null);
  }
}
