// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.demo.DemoNetwork;
import dev.squall.experiment.FakeFaultInjector;
import dev.squall.experiment.FakeInjection;
import dev.squall.experiment.FakeTicker;
import dev.squall.experiment.FaultInjector;
import dev.squall.experiment.Ticker;
import dev.squall.fault.FaultException;
import dev.squall.fault.HostCheck;
import dev.squall.fault.HostSupport;
import dev.squall.target.NameResolver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An engine without a kernel; tests look at and change its parts.
final class FakeEngine implements Engine {
  static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  final FakeInjection injection = new FakeInjection();
  final FakeFaultInjector injector = new FakeFaultInjector(injection);
  final FakeRegistry registry = new FakeRegistry();

  final FakeCluster cluster = new FakeCluster();

  /// What a verb said about the cluster that it wants.
  @Nullable ClusterChoice choice;

  String input = "";

  /// What goes wrong before anything is prepared; null when nothing does.
  @Nullable LinkageError whenAsked;

  final FakeTicker ticker = new FakeTicker();
  final List<HostCheck> checks = new ArrayList<>();

  private static final Map<String, List<InetAddress>> NAMES =
      Map.of(
          "api.example.com",
          List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7")));

  @Override
  public FaultInjector faultInjector() {
    if (whenAsked != null) {
      throw whenAsked;
    }
    return injector;
  }

  @Override
  public FakeRegistry runRegistry() {
    return registry;
  }

  @Override
  public HostSupport hostSupport() {
    return () -> List.copyOf(checks);
  }

  @Override
  public NameResolver nameResolver() {
    return name -> {
      if (!NAMES.containsKey(name)) {
        throw new FaultException(FaultException.Kind.USER, name + ": no address is known");
      }
      return NAMES.get(name);
    };
  }

  /// Time passes at once.
  @Override
  public Ticker ticker() {
    return ticker;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(NOW);
  }

  @Override
  public DemoNetwork demoNetwork() {
    return new LoopbackDemoNetwork();
  }

  @Override
  public Cluster cluster(ClusterChoice wanted) {
    choice = wanted;
    return cluster;
  }

  @Override
  public InputStream input() {
    return new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
  }
}
