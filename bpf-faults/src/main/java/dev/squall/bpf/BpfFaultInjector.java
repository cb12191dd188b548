// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.attach.AttachPoint;
import dev.squall.bpf.libbpf.BpfException;
import dev.squall.bpf.linux.LinuxException;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.FaultInjector;
import dev.squall.fault.FaultException;
import dev.squall.fault.Injection;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import java.util.ArrayList;
import java.util.List;

/// Injects faults with BPF programs on this host's interfaces.
public final class BpfFaultInjector implements FaultInjector {
  /// All targets are found before the first is touched, and when one fails none stays prepared.
  @Override
  public Injection prepare(Experiment experiment, RunIdentity identity) {
    try {
      return attempt(experiment, identity);
    } catch (BpfException | LinuxException e) {
      throw new FaultException(
          FaultException.Kind.ENVIRONMENT, e.getMessage() + "; squall doctor may tell why", e);
    }
  }

  private static Injection attempt(Experiment experiment, RunIdentity identity) {
    List<LocatedTarget> located = locate(experiment.targets());
    AttachPoint attachPoint = AttachPoint.probe();
    List<InterfaceInjection> prepared = new ArrayList<>();
    try {
      located.forEach(one -> one.requireSupport(experiment));
      for (int i = 0; i < located.size(); i++) {
        LocatedTarget target = located.get(i);
        prepared.add(
            InterfaceInjection.prepare(
                target, attachPoint, withoutHost(experiment, target), identity, i));
      }
    } catch (RuntimeException | Error e) {
      BpfInjection.closeAll(prepared);
      throw e;
    } finally {
      // An open namespace is a living one: whoever deletes it is not to wait for this run.
      located.forEach(LocatedTarget::close);
    }
    return new BpfInjection(prepared, experiment);
  }

  /// With the host among the peers that are spared, where it is to be.
  private static Experiment withoutHost(Experiment experiment, LocatedTarget target) {
    TrafficFilter traffic = experiment.traffic();
    return traffic.peers().exceptHost()
        ? experiment.with(traffic.with(traffic.peers().withoutHost(target.hostAddresses())))
        : experiment;
  }

  private static List<LocatedTarget> locate(List<Target> targets) {
    List<LocatedTarget> located = new ArrayList<>();
    try {
      for (Target target : targets) {
        located.add(LocatedTarget.locate(target));
      }
    } catch (RuntimeException | Error e) {
      located.forEach(LocatedTarget::close);
      throw e;
    }
    return located;
  }
}
