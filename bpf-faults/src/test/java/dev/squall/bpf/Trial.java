// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.program.FaultRules;
import dev.squall.bpf.program.RuleTable;
import dev.squall.bpf.program.WaitPlan;
import dev.squall.experiment.Budget;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Fault;
import dev.squall.fault.FlowExemption;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Direction;
import dev.squall.target.FlowExtent;
import dev.squall.target.FlowFilter;
import dev.squall.target.IpPrefix;
import dev.squall.target.NamePattern;
import dev.squall.target.Peer;
import dev.squall.target.Peers;
import dev.squall.target.PortRange;
import dev.squall.target.Ports;
import dev.squall.target.Protocol;
import dev.squall.target.Selection;
import dev.squall.target.Target;
import dev.squall.target.TcpFlags;
import dev.squall.target.TrafficFilter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An experiment in the making: faults, then what they are for, then [#arm].
final class Trial {
  static final long SEED = 20_240_229;

  private final List<Fault> faults;
  private Direction direction = Direction.BOTH;
  private @Nullable Protocol protocol;
  private List<PortRange> localPorts = List.of();
  private List<PortRange> peerPorts = List.of();
  private List<Peer> peers = List.of();
  private List<IpPrefix> excluded = List.of();
  private @Nullable TcpFlags flags;
  private List<NamePattern> serverNames = List.of();
  private @Nullable FlowExtent after;
  private @Nullable FlowExtent first;
  private Budget budget = Budget.UNLIMITED;
  private Selection selection = Selection.PACKET;
  private long seed = SEED;
  private boolean dryRun;
  private boolean everyHit;
  private @Nullable FlowExemption spared;
  private int slots = FaultAbi.SLOTS;

  private Trial(List<Fault> faults) {
    this.faults = faults;
  }

  /// Of every packet in both directions, unless told otherwise.
  static Trial of(Fault... faults) {
    return new Trial(List.of(faults));
  }

  Trial direction(Direction chosen) {
    direction = chosen;
    return this;
  }

  Trial protocol(@Nullable Protocol chosen) {
    protocol = chosen;
    return this;
  }

  Trial localPorts(String... ranges) {
    localPorts = Arrays.stream(ranges).map(PortRange::parse).toList();
    return this;
  }

  Trial peerPorts(String... ranges) {
    peerPorts = Arrays.stream(ranges).map(PortRange::parse).toList();
    return this;
  }

  Trial peers(String... wanted) {
    peers = Arrays.stream(wanted).map(Peer::parse).toList();
    return this;
  }

  Trial except(String... prefixes) {
    excluded = Arrays.stream(prefixes).map(IpPrefix::parse).toList();
    return this;
  }

  Trial flags(String... words) {
    flags = TcpFlags.parse(List.of(words));
    return this;
  }

  Trial serverNames(String... patterns) {
    serverNames = Arrays.stream(patterns).map(NamePattern::parse).toList();
    return this;
  }

  Trial after(String extent) {
    after = FlowExtent.parse(extent);
    return this;
  }

  Trial first(String extent) {
    first = FlowExtent.parse(extent);
    return this;
  }

  /// For its tables; what is spent of it is counted where the trial is armed with it.
  Trial budget(Budget chosen) {
    budget = chosen;
    return this;
  }

  Trial perFlow() {
    selection = Selection.FLOW;
    return this;
  }

  Trial perSegment() {
    selection = Selection.SEGMENT;
    return this;
  }

  Trial seed(long number) {
    seed = number;
    return this;
  }

  Trial dryRun() {
    dryRun = true;
    return this;
  }

  /// Each hit is recorded, instead of a sample; on the object that all trials share in a ring for a
  /// sample.
  Trial everyHit() {
    everyHit = true;
    return this;
  }

  Trial sparing(FlowExemption flow) {
    spared = flow;
    return this;
  }

  /// How many packets can wait at once, instead of as many as there can ever be.
  Trial slots(int number) {
    slots = number;
    return this;
  }

  /// Lets it work for the next hour.
  ArmedTrial arm() {
    return ArmedTrial.of(table(), plan());
  }

  /// The same on an object of its own, which the caller closes.
  ArmedTrial alone() {
    return ArmedTrial.alone(table(), plan());
  }

  /// Where its delays wait, on a line that releases every packet at its own time.
  WaitPlan plan() {
    boolean waits = faults.stream().anyMatch(WaitPlan::isNeededBy);
    return waits ? WaitPlan.byTime(faults, slots) : WaitPlan.none();
  }

  RuleTable table() {
    return table(plan());
  }

  RuleTable table(WaitPlan plan) {
    RunIdentity identity = new RunIdentity("trial", "a test", seed, dryRun, everyHit, spared);
    return new RuleTable(new FaultRules(experiment(), identity, 0, plan));
  }

  private Experiment experiment() {
    TrafficFilter traffic =
        new TrafficFilter(
            direction,
            protocol,
            new Ports(localPorts, peerPorts),
            new Peers(peers, excluded),
            new FlowFilter(flags, serverNames, after, first),
            selection);
    return new Experiment(
        null,
        List.of(new Target.Host("none")),
        faults,
        traffic,
        new Experiment.Limits(Duration.ofHours(1), budget),
        seed);
  }
}
