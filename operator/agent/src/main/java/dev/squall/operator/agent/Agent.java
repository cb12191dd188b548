// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.experiment.FaultInjector;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executes the NodeFaults of this node, on one thread, turn by turn. In a turn all that takes next
/// to no time is done, and one thing that takes long, so that an end is never far away.
final class Agent {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  static final String SWITCHED_OFF = "ended by the stop switch of a SquallPolicy";
  static final String SUSPENDED = "the node's agent has ended; its successor injects again";

  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration TO_CLOSE = Duration.ofSeconds(3);
  private static final Duration BEFORE_BEGINNING = Duration.ofMillis(200);

  /// Where the agent works, and whom it tells.
  record Surroundings(
      FaultInjector injector,
      Node node,
      ControlPlane controlPlane,
      Supplier<Moment> clock,
      Supplier<ClockOffset> offset,
      LastSeen lastSeen) {}

  private final Surroundings surroundings;
  private final String version;
  private final Inbox inbox;
  private final Map<String, FaultRun> runs = new LinkedHashMap<>();
  private final Map<String, PeerSets> peers = new HashMap<>();
  private final PodWatch podWatch;
  private long pastLeaseLosses;
  private boolean peersMayBeMissing;
  private boolean stopSwitch;
  private boolean ending;
  private volatile Tally tally = Tally.NONE;

  Agent(Inbox inbox, Surroundings surroundings, String version) {
    this.inbox = inbox;
    this.surroundings = surroundings;
    this.version = version;
    this.podWatch = new PodWatch(surroundings.node());
  }

  /// How it stands; from any thread.
  Tally tally() {
    return tally;
  }

  /// Works until it is told to end, and removes everything then.
  void run() throws InterruptedException {
    Duration pause = Duration.ZERO;
    while (!ending) {
      Event event = inbox.take(pause);
      if (event != null) {
        handle(event);
      }
      pause = turn();
    }
    end();
  }

  /// Does what is due, and says how long nothing will be.
  Duration turn() {
    for (Event event = inbox.poll(); event != null; event = inbox.poll()) {
      handle(event);
    }
    Duration now = now();
    Map<String, PodNetwork> networks = podWatch.look(runs.values(), now);
    boolean more = act(networks, now);
    report(now);
    needPeers(runs.values().removeIf(this::isGone));
    mark();
    return more ? Duration.ZERO : pause(now());
  }

  private boolean isGone(FaultRun run) {
    if (run.isGone()) {
      surroundings.controlPlane().forget(run.uid());
      pastLeaseLosses += run.leaseLosses();
      return true;
    }
    return false;
  }

  private void needPeers(boolean changed) {
    if (changed || peersMayBeMissing) {
      peersMayBeMissing = false;
      Set<String> needed =
          runs.values().stream()
              .filter(FaultRun::needsPeers)
              .map(FaultRun::experimentUid)
              .collect(Collectors.toSet());
      peers.keySet().retainAll(needed);
      surroundings.controlPlane().needPeers(needed);
    }
  }

  private void mark() {
    Moment now = surroundings.clock().get();
    tally = Tally.of(runs.values(), pastLeaseLosses, now.monotonic());
    if (tally.pods().containsKey(Phase.Injecting)) {
      surroundings.lastSeen().mark(now.wall());
    }
  }

  private Duration now() {
    return surroundings.clock().get().monotonic();
  }

  private void handle(Event event) {
    switch (event) {
      case Event.Applied(NodeFault nodeFault) -> apply(nodeFault);
      case Event.Deleted(String uid) -> {
        FaultRun run = runs.get(uid);
        if (run != null) {
          run.delete();
        }
      }
      case Event.StopSwitch(boolean on) -> {
        stopSwitch = on;
        if (on) {
          runs.values().forEach(run -> run.halt(SWITCHED_OFF));
        }
      }
      case Event.Peers(String experiment, Map<String, List<String>> addresses) -> {
        PeerSets read = PeerSets.of(addresses);
        peers.put(experiment, read);
        runs.values().stream()
            .filter(run -> run.experimentUid().equals(experiment))
            .forEach(run -> run.peers(read, surroundings.clock().get()));
      }
      case Event.Ending _ -> ending = true;
    }
  }

  private void apply(NodeFault nodeFault) {
    FaultRun run = runs.get(nodeFault.getMetadata().getUid());
    try {
      if (run == null) {
        run = begin(nodeFault);
      }
      run.apply(nodeFault, surroundings.clock().get());
      PeerSets known = peers.get(run.experimentUid());
      if (known != null) {
        run.peers(known, surroundings.clock().get());
      }
      peersMayBeMissing = true;
    } catch (RuntimeException e) {
      String name = nodeFault.getMetadata().getName();
      LOG.atError().addKeyValue("nodefault", name).setCause(e).log("a mistake in Squall");
    }
  }

  private FaultRun begin(NodeFault nodeFault) {
    String name = nodeFault.getMetadata().getName();
    Preparer preparer =
        Preparer.of(
            surroundings.injector(),
            name,
            surroundings.node().ownNamespace(),
            surroundings.clock());
    FaultRun run =
        new FaultRun(
            nodeFault,
            preparer,
            surroundings.clock().get(),
            surroundings.lastSeen().before(),
            surroundings.offset().get().refusal());
    if (stopSwitch) {
      run.halt(SWITCHED_OFF);
    }
    runs.put(run.uid(), run);
    LOG.atInfo().addKeyValue("nodefault", name).log("begun");
    return run;
  }

  /// @return whether more is to be done at once
  private boolean act(Map<String, PodNetwork> networks, Duration now) {
    FaultRun busy = null;
    PodRun slow = null;
    boolean nearBeginning = false;
    for (FaultRun run : runs.values()) {
      PodRun found = guarded(run, () -> run.quickSteps(networks, now));
      if (slow == null && found != null) {
        busy = run;
        slow = found;
      }
      nearBeginning |= run.isAboutToBegin(now, BEFORE_BEGINNING);
    }
    if (nearBeginning) {
      return false;
    }
    if (busy != null && slow != null) {
      prepare(busy, slow, networks);
      return true;
    }
    return runs.values().stream().anyMatch(FaultRun::closeOne);
  }

  private static void prepare(FaultRun run, PodRun pod, Map<String, PodNetwork> networks) {
    guarded(
        run,
        () -> {
          run.prepare(pod, networks);
          return pod;
        });
  }

  /// A mistake of ours in one NodeFault ends that one. Where it cannot even be ended, the process
  /// ends, and the kernel ends all.
  private static @Nullable PodRun guarded(FaultRun run, Supplier<@Nullable PodRun> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("nodefault", run.name()).setCause(e).log("a mistake in Squall");
      if (run.isHalted()) {
        throw e;
      }
      run.halt("a mistake in Squall: " + e);
      return null;
    }
  }

  private void report(Duration now) {
    @Nullable Long offset = surroundings.offset().get().millis();
    for (FaultRun run : runs.values()) {
      NodeFaultStatus news = run.news(version, offset, now);
      if (news != null) {
        surroundings.controlPlane().put(run.name(), run.uid(), news);
      }
    }
  }

  private Duration pause(Duration now) {
    Duration pause = runs.isEmpty() ? IDLE : shorter(TICK, podWatch.pause());
    for (FaultRun run : runs.values()) {
      pause = shorter(pause, run.window().start().minus(now));
      pause = shorter(pause, run.window().end().minus(now));
    }
    return pause;
  }

  private static Duration shorter(Duration pause, Duration until) {
    return until.isPositive() && until.compareTo(pause) < 0 ? until : pause;
  }

  /// Everything is without effect first, told then, and taken off last.
  private void end() {
    Collection<FaultRun> all = runs.values();
    Duration now = now();
    all.forEach(run -> run.suspend(SUSPENDED, now));
    report(now.plus(StatusPace.FOR_CHANGES));
    Duration last = now.plus(TO_CLOSE);
    // What is left then, the kernel removes with this process.
    while (now().compareTo(last) < 0 && all.stream().anyMatch(FaultRun::closeOne)) {
      LOG.trace("taken off");
    }
    LOG.info("ended");
  }
}
