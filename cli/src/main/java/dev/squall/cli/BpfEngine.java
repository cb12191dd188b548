// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.demo.DemoNetwork;
import dev.squall.experiment.FaultInjector;
import dev.squall.fault.FaultException;
import dev.squall.fault.HostSupport;
import dev.squall.fault.RunRegistry;
import dev.squall.target.NameResolver;

/// The engine of the real program: BPF programs in this machine's kernel.
final class BpfEngine implements Engine {
  @Override
  public FaultInjector faultInjector() {
    throw missing();
  }

  @Override
  public RunRegistry runRegistry() {
    throw missing();
  }

  @Override
  public HostSupport hostSupport() {
    throw missing();
  }

  @Override
  public NameResolver nameResolver() {
    return new SystemNameResolver();
  }

  @Override
  public DemoNetwork demoNetwork() {
    throw missing();
  }

  private static FaultException missing() {
    return new FaultException(FaultException.Kind.INTERNAL, "the kernel side is not wired in yet");
  }
}
