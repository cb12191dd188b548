// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.linux.Containers;
import dev.squall.bpf.linux.HostAddresses;
import dev.squall.bpf.linux.Link;
import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.linux.Pods;
import dev.squall.bpf.linux.TargetInterface;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Delay;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.FaultException;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Loss;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
import dev.squall.fault.Reset;
import dev.squall.target.IpPrefix;
import dev.squall.target.Selection;
import dev.squall.target.Target;
import java.util.List;

/// A target found on this host: an interface in an open network namespace.
record LocatedTarget(Target target, NetworkNamespace namespace, Link link)
    implements AutoCloseable {
  private static final int ETHERNET_HEADER = 14;

  /// @throws FaultException of kind USER when there is no such namespace, process, container or
  ///   interface
  static LocatedTarget locate(Target target) {
    NetworkNamespace namespace = open(target);
    try {
      String wanted = target.networkInterface();
      Link link = namespace.call(() -> TargetInterface.find(wanted, target.describe()));
      return new LocatedTarget(target, namespace, link);
    } catch (RuntimeException | Error e) {
      namespace.close();
      throw e;
    }
  }

  private static NetworkNamespace open(Target target) {
    return switch (target) {
      case Target.NamedNetns netns -> NetworkNamespace.named(netns.name());
      case Target.Process process -> NetworkNamespace.pid(process.pid());
      case Target.Container container -> NetworkNamespace.pid(Containers.find(container.id()));
      case Target.Pod pod -> Pods.open(pod);
      case Target.Host _ -> NetworkNamespace.own();
    };
  }

  /// What comes back through a redirect has no route any more, and what has none on a loopback
  /// interface is a martian to the kernel (ip_route_input_slow in net/ipv4/route.c).
  ///
  /// @throws FaultException of kind USER when a fault cannot work here
  void requireSupport(Experiment experiment) {
    boolean splits = experiment.traffic().selection() == Selection.SEGMENT;
    for (Fault fault : experiment.faults()) {
      boolean comesBack =
          switch (fault) {
            case Delay _, Rate _, Reorder _, Reset _, Duplicate _ -> true;
            case Partition partition -> partition.mode() == PartitionMode.REJECT;
            case Loss _,
                GilbertElliottLoss _,
                FourStateLoss _,
                PeriodicLoss _,
                MtuBlackhole _,
                DnsFailure _ ->
                false;
            case Corrupt corrupt -> corrupt.mode() == CorruptMode.DETECTABLE;
          };
      if ((comesBack || splits) && link.isLoopback()) {
        throw new FaultException(
            FaultException.Kind.USER,
            "%s%s does not work on the loopback interface %s: use loss or partition drop there"
                .formatted(fault.describe(), splits ? " per segment" : "", link.name()));
      }
    }
  }

  /// Bytes before the IP header: 14, or 0 on a device that carries bare IP (tun, wireguard).
  int linkHeader() {
    return link.type().hasEthernetHeader() ? ETHERNET_HEADER : 0;
  }

  /// The addresses with which the host speaks to this target.
  List<IpPrefix> hostAddresses() {
    return HostAddresses.towards(namespace, link.name());
  }

  /// `netns web eth0`
  String place() {
    return target.describe() + " " + link.name();
  }

  @Override
  public void close() {
    namespace.close();
  }
}
