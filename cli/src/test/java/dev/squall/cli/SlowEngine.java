// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.console.Console;
import dev.squall.cli.demo.DemoNetwork;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.FaultInjector;
import dev.squall.fault.AttachedInterface;
import dev.squall.fault.HitPacket;
import dev.squall.fault.HostSupport;
import dev.squall.fault.Injection;
import dev.squall.fault.InjectionStatus;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import dev.squall.fault.RunRegistry;
import dev.squall.target.NameResolver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A `squall` for processes that a test sends signals to: each step takes a while and is printed.
final class SlowEngine implements Engine, FaultInjector, Injection {
  private static final Console CONSOLE = Console.system(Map.of());

  /// Behaves as `squall` does.
  public static void main(String[] arguments) {
    System.exit(new Squall(CONSOLE, new SlowEngine(), Map.of()).run(arguments).code());
  }

  @Override
  public FaultInjector faultInjector() {
    return this;
  }

  @Override
  public Injection prepare(Experiment experiment, RunIdentity identity) {
    step("prepare");
    return this;
  }

  @Override
  public void endIn(Duration remaining) {
    CONSOLE.line("end in " + remaining);
  }

  @Override
  public void arm() {
    CONSOLE.line("arm");
  }

  @Override
  public InjectionStatus status() {
    return InjectionStatus.ACTIVE;
  }

  @Override
  public List<RuleReport> report() {
    return List.of(Reports.loss());
  }

  @Override
  public List<AttachedInterface> interfaces() {
    return List.of();
  }

  @Override
  public long drainHits(Consumer<HitPacket> hits) {
    return 0;
  }

  @Override
  public Duration uncovered() {
    return Duration.ZERO;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public void disarm() {
    CONSOLE.line("disarm");
  }

  @Override
  public void close() {
    step("close");
  }

  @Override
  public RunRegistry runRegistry() {
    throw new UnsupportedOperationException();
  }

  @Override
  public HostSupport hostSupport() {
    throw new UnsupportedOperationException();
  }

  @Override
  public NameResolver nameResolver() {
    throw new UnsupportedOperationException();
  }

  @Override
  public DemoNetwork demoNetwork() {
    throw new UnsupportedOperationException();
  }

  /// Prints when it begins and when it is done, half a second later.
  private static void step(String name) {
    CONSOLE.line(name);
    try {
      Thread.sleep(500);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
    CONSOLE.line(name + " done");
  }

  @Override
  public Cluster cluster(ClusterChoice choice) {
    throw new UnsupportedOperationException();
  }
}
