// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.bpf.BpfFaultInjector;
import dev.squall.bpf.KernelRunRegistry;
import dev.squall.bpf.KernelSupport;
import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.cluster.KubernetesCluster;
import dev.squall.cli.demo.DemoNetwork;
import dev.squall.experiment.FaultInjector;
import dev.squall.fault.HostSupport;
import dev.squall.fault.RunRegistry;
import dev.squall.target.NameResolver;

/// The engine of the real program: BPF programs in this machine's kernel.
final class BpfEngine implements Engine {
  @Override
  public FaultInjector faultInjector() {
    return new BpfFaultInjector();
  }

  @Override
  public RunRegistry runRegistry() {
    return new KernelRunRegistry();
  }

  @Override
  public HostSupport hostSupport() {
    return new KernelSupport();
  }

  @Override
  public NameResolver nameResolver() {
    return new SystemNameResolver();
  }

  @Override
  public DemoNetwork demoNetwork() {
    return BpfDemoNetwork.open();
  }

  @Override
  public Cluster cluster(ClusterChoice choice) {
    return KubernetesCluster.connect(choice);
  }
}
