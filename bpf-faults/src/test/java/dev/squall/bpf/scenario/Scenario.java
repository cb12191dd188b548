// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.BpfFaultInjector;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Fault;
import dev.squall.fault.Injection;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Direction;
import dev.squall.target.FlowFilter;
import dev.squall.target.Peers;
import dev.squall.target.PortRange;
import dev.squall.target.Ports;
import dev.squall.target.Protocol;
import dev.squall.target.Selection;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// Faults for the target of a network.
record Scenario(TestNetwork network, List<Fault> faults, TrafficFilter traffic, long seed) {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  static Scenario of(TestNetwork network, TrafficFilter traffic, long seed, Fault... faults) {
    return new Scenario(network, List.of(faults), traffic, seed);
  }

  /// Every packet of a direction.
  static TrafficFilter everything(Direction direction) {
    return new TrafficFilter(
        direction, null, Ports.ANY, Peers.ANY, FlowFilter.ANY, Selection.PACKET);
  }

  /// All UDP of a direction.
  static TrafficFilter udp(Direction direction) {
    return new TrafficFilter(
        direction, Protocol.UDP, Ports.ANY, Peers.ANY, FlowFilter.ANY, Selection.PACKET);
  }

  /// TCP and UDP from and to one port of the peer.
  static TrafficFilter peerPort(Direction direction, int port) {
    Ports ports = new Ports(List.of(), List.of(new PortRange(port, port)));
    return new TrafficFilter(direction, null, ports, Peers.ANY, FlowFilter.ANY, Selection.PACKET);
  }

  /// TCP and UDP that goes to one port at the end of its way.
  ///
  /// @param direction egress or ingress
  static TrafficFilter destinationPort(Direction direction, int port) {
    return direction == Direction.EGRESS ? peerPort(direction, port) : targetPort(direction, port);
  }

  /// TCP and UDP from and to one port of the target.
  static TrafficFilter targetPort(Direction direction, int port) {
    Ports ports = new Ports(List.of(new PortRange(port, port)), List.of());
    return new TrafficFilter(direction, null, ports, Peers.ANY, FlowFilter.ANY, Selection.PACKET);
  }

  /// Attached and armed.
  Injection arm() {
    return armed(prepare(false));
  }

  /// The same, and each hit is recorded, instead of a sample.
  Injection armRecordingEveryHit() {
    return armed(prepare(true));
  }

  private static Injection armed(Injection injection) {
    injection.arm();
    return injection;
  }

  Injection prepare() {
    return prepare(false);
  }

  private Injection prepare(boolean everyHit) {
    Target target = new Target.NamedNetns(network.targetName(), null);
    Experiment experiment =
        new Experiment(null, List.of(target), faults, traffic, LONG_ENOUGH, seed);
    String id = String.format(Locale.ROOT, "it%06x", NUMBER.incrementAndGet());
    RunIdentity identity = new RunIdentity(id, "scenario " + faults, seed, false, everyHit, null);
    return new BpfFaultInjector().prepare(experiment, identity);
  }

  /// The report of the first fault in a direction.
  static RuleReport report(Injection injection, Direction direction) {
    return injection.report().stream()
        .filter(report -> report.direction() == direction)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no report of " + direction));
  }
}
