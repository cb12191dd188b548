// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.START;
import static dev.squall.operator.agent.Samples.report;
import static dev.squall.operator.agent.Samples.seconds;

import dev.squall.experiment.Experiment;
import dev.squall.experiment.FakeInjection;
import dev.squall.fault.Injection;
import dev.squall.fault.RunIdentity;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.target.Direction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An agent on a node without a kernel, with a clock that stands until it is moved. All networks
/// are numbered; the agent's own is 1.
final class AgentScene implements Node, ControlPlane {
  static final long OWN = 1;

  /// The agreed beginning by the monotonic clock.
  static final Duration ZERO = seconds(1000);

  final Map<String, PodNetwork> networks = new HashMap<>();
  final List<NodeFaultStatus> statuses = new ArrayList<>();
  final List<Experiment> experiments = new ArrayList<>();
  final List<RunIdentity> identities = new ArrayList<>();
  final List<FakeInjection> injections = new ArrayList<>();
  final Deque<RuntimeException> refusals = new ArrayDeque<>();
  ClockOffset offset = ClockOffset.ANY;
  private Duration now = ZERO.minusSeconds(1);
  private final Inbox inbox = new Inbox();
  final Agent agent;
  Set<String> neededPeers = Set.of();

  AgentScene() {
    Path nowhere = Path.of("/nonexistent/squall");
    agent =
        new Agent(
            inbox,
            new Agent.Surroundings(
                this::prepare,
                this,
                this,
                this::moment,
                () -> offset,
                new LastSeen(nowhere, START.plusSeconds(3))),
            "1.0");
  }

  private Injection prepare(Experiment experiment, RunIdentity identity) {
    experiments.add(experiment);
    identities.add(identity);
    if (!refusals.isEmpty()) {
      throw refusals.pop();
    }
    FakeInjection injection = new FakeInjection().reports(List.of(report(Direction.EGRESS, 0, 0)));
    injections.add(injection);
    return injection;
  }

  private Moment moment() {
    return new Moment(START.plus(now.minus(ZERO)), now);
  }

  /// A pod that has been there for long.
  void pod(String uid, long namespace) {
    networks.put(uid, new PodNetwork(namespace, ZERO.minusSeconds(600)));
  }

  AgentScene apply(NodeFault nodeFault) {
    inbox.put(new Event.Applied(nodeFault));
    return this;
  }

  AgentScene tell(Event event) {
    inbox.put(event);
    return this;
  }

  /// Moves the clock to a moment after the agreed beginning, and lets the agent do all that is due
  /// and tell it.
  AgentScene at(double time) {
    now = ZERO.plus(seconds(time));
    turn();
    now = now.plus(StatusPace.FOR_CHANGES);
    turn();
    return this;
  }

  private void turn() {
    while (agent.turn().isZero()) {
      now = now.plusNanos(1);
    }
  }

  void end() throws InterruptedException {
    inbox.put(Event.Ending.ENDING);
    agent.run();
  }

  NodeFaultStatus status() {
    return statuses.getLast();
  }

  PodFault row() {
    return status().pods().getFirst();
  }

  @Override
  public Map<String, PodNetwork> podNetworks(Duration at) {
    return Map.copyOf(networks);
  }

  @Override
  public long ownNamespace() {
    return OWN;
  }

  @Override
  public void put(String name, String uid, NodeFaultStatus status) {
    statuses.add(status);
  }

  @Override
  public void forget(String uid) {
    statuses.clear();
  }

  @Override
  public void needPeers(Set<String> experimentUids) {
    neededPeers = experimentUids;
  }
}
