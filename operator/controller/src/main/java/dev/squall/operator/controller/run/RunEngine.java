// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.controller.plan.Decider;
import dev.squall.operator.controller.plan.Decision;
import dev.squall.operator.controller.plan.Lookups;
import dev.squall.operator.controller.plan.Progress;
import dev.squall.operator.controller.plan.RunClock;
import dev.squall.operator.controller.plan.Subject;
import dev.squall.operator.controller.policy.OpenNamespaces;
import dev.squall.operator.controller.run.RunReport.Phase;
import dev.squall.operator.controller.run.RunReport.Times;
import dev.squall.operator.controller.view.ClusterView;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes experiments one step further, whatever kind of object they come from.
///
/// All that has to survive a restart stands in the NodeFaults; what is remembered here only saves
/// work. One experiment is never worked on by two threads.
public final class RunEngine {
  /// How long a deletion waits for the nodes to confirm.
  private static final Duration CONFIRMATION = Duration.ofSeconds(2);

  /// Windows of policies open and close without anybody telling.
  private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(RunEngine.class);

  private final ClusterView cluster;
  private final Lookups lookups;
  private final Existence existence;
  private final OpenNamespaces open;
  private final NodeFaultStore store;
  private final NodeWriter writer;
  private final Ending ending;
  private final Clock clock;
  private final Map<String, RunMemory> memories = new ConcurrentHashMap<>();

  /// @param world what is known of the cluster and around it
  /// @param open which namespaces may be hit
  public RunEngine(
      World world,
      OpenNamespaces open,
      NodeFaultStore store,
      NodeWriter writer,
      Ending ending,
      Clock clock) {
    this.cluster = world.cluster();
    this.lookups = world.lookups();
    this.existence = world.existence();
    this.open = open;
    this.store = store;
    this.writer = writer;
    this.ending = ending;
    this.clock = clock;
  }

  /// What decisions are made from.
  ///
  /// @param existence whether an experiment is still there
  public record World(ClusterView cluster, Lookups lookups, Existence existence) {}

  /// What became of a step.
  ///
  /// @param again when the next is due although nothing has changed; null: never
  public record Outcome(RunReport report, @Nullable Instant again) {}

  /// The experiments that look at a namespace in which something has changed, or all if it is none.
  public Set<ExperimentReference> concernedBy(String namespace) {
    Set<ExperimentReference> concerned = new HashSet<>();
    for (RunMemory memory : memories.values()) {
      Subject subject = memory.subject;
      if (subject != null && (namespace.isEmpty() || subject.namespaces().contains(namespace))) {
        memory.outdated = true;
        concerned.add(subject.reference());
      }
    }
    return concerned;
  }

  /// Whether an experiment is being worked on.
  boolean remembers(String uid) {
    return memories.containsKey(uid);
  }

  /// How many experiments are remembered, which are those that are not over.
  public int count() {
    return memories.size();
  }

  /// Decides, and tells the nodes.
  ///
  /// @throws IllegalArgumentException when the experiment cannot be understood
  /// @throws KubernetesClientException when a node could not be told; it is to be tried again
  public Outcome advance(Subject subject) {
    Outcome outcome = step(subject);
    Instant again = outcome.again();
    Instant latest = clock.instant().plus(AT_LEAST_EVERY);
    boolean over = outcome.report().phase() == Phase.ENDED;
    return over || (again != null && again.isBefore(latest))
        ? outcome
        : new Outcome(outcome.report(), latest);
  }

  private Outcome step(Subject subject) {
    String uid = subject.reference().uid();
    RunMemory memory = memories.computeIfAbsent(uid, key -> new RunMemory());
    Instant now = clock.instant();
    Decision.Run latest = memory.latest;
    if (latest != null && isStillRight(latest, memory, subject, now)) {
      return new Outcome(run(uid, latest, memory), Decision.again(latest, subject));
    }
    memory.beginDeciding(subject, now);
    Collection<NodeFault> faults = store.of(uid);
    if (memory.chosen == null) {
      memory.chosen = Progress.chosen(faults);
    }
    Progress before = Progress.of(faults, memory.chosen);
    Decision decision = new Decider(cluster, lookups, open, now).decide(subject, before);
    Instant again = Decision.again(decision, subject);
    return switch (decision) {
      case Decision.Wait wait -> new Outcome(waiting(wait, faults), again);
      case Decision.Hold hold -> new Outcome(report(uid, hold.clock(), hold.found()), again);
      case Decision.Run run -> {
        if (faults.isEmpty()) {
          requireThere(subject);
        }
        RunReport report = run(uid, run, memory);
        memory.latest = run;
        yield new Outcome(report, again);
      }
      case Decision.End end -> end(subject, end, before, memory);
    };
  }

  /// What was deleted a moment ago may still be handed to us, and its finalizer is gone already.
  private void requireThere(Subject subject) {
    if (!existence.exists(subject.reference())) {
      memories.remove(subject.reference().uid());
      throw new KubernetesClientException("it is not there any more");
    }
  }

  private static RunReport waiting(Decision.Wait wait, Collection<NodeFault> faults) {
    return new RunReport(
        Phase.PENDING,
        new Times(null, null, null),
        wait.why(),
        wait.chosen(),
        Map.of(),
        NodeSums.of(faults));
  }

  /// While only nodes report, nothing new is decided.
  private static boolean isStillRight(
      Decision.Run latest, RunMemory memory, Subject subject, Instant now) {
    Instant again = Decision.again(latest, subject);
    return !memory.outdated
        && now.isBefore(memory.decidedAt.plus(AT_LEAST_EVERY))
        && subject.equals(memory.subject)
        && (again == null || now.isBefore(again));
  }

  /// Takes everything off that an experiment has put on nodes, in several steps.
  ///
  /// @return when to try again; null: nothing is left, and nothing is remembered
  public @Nullable Instant finish(String uid) {
    Instant now = clock.instant();
    if (!store.of(uid).isEmpty()) {
      RunMemory memory = memories.computeIfAbsent(uid, key -> new RunMemory());
      ending.stop(uid);
      if (memory.stoppedAt == null) {
        memory.stoppedAt = now;
      }
      Instant limit = memory.stoppedAt.plus(CONFIRMATION);
      List<NodeFault> silent = ending.silent(uid);
      if (!silent.isEmpty() && now.isBefore(limit)) {
        return limit;
      }
      ending.warnOf(silent, now);
    }
    clear(uid);
    return null;
  }

  /// Removes the objects of an experiment that is over, if there may be some.
  public void clearIfAny(String uid) {
    if (remembers(uid) || !store.of(uid).isEmpty()) {
      clear(uid);
    }
  }

  /// Removes the objects of an experiment.
  public void clear(String uid) {
    writer.remove(uid);
    memories.remove(uid);
  }

  private RunReport run(String uid, Decision.Run run, RunMemory memory) {
    if (!run.peerSets().equals(memory.peerSets)) {
      writer.applyPeerSets(uid, run.peerSets());
      memory.peerSets = run.peerSets();
    }
    Map<String, NodeFaultSpec> told = new TreeMap<>();
    store.of(uid).forEach(fault -> told.put(fault.getSpec().nodeName(), fault.getSpec()));
    List<NodeFaultSpec> changed =
        run.nodes().values().stream()
            .filter(spec -> !spec.equals(told.get(spec.nodeName())))
            .toList();
    memory.remember(run);
    if (!changed.isEmpty()) {
      writer.apply(changed);
      LOG.info("nodes told experiment={} nodes={}", uid, changed.size());
    }
    return report(uid, run.clock(), run.found());
  }

  private RunReport report(String uid, RunClock times, Decision.Found found) {
    return new RunReport(
        found.paused() ? Phase.PAUSED : Phase.RUNNING,
        new Times(times.startAt(), times.endsAt(), null),
        found.limited(),
        found.chosen(),
        found.peers(),
        NodeSums.of(store.of(uid)));
  }

  private Outcome end(Subject subject, Decision.End end, Progress before, RunMemory memory) {
    String uid = subject.reference().uid();
    Instant now = clock.instant();
    if (end.early()) {
      ending.stop(uid);
    }
    if (memory.ended == null) {
      memory.ended = end.why();
    }
    Duration duration = subject.experiment().duration();
    Instant limit = Ending.last(ending.silent(uid), now);
    boolean over = !now.isBefore(limit);
    RunReport report =
        new RunReport(
            over ? Phase.ENDED : Phase.ENDING,
            new Times(
                before.clock() == null ? null : before.clock().startAt(),
                duration == null ? null : subject.madeAt().plus(duration),
                over ? now : null),
            memory.ended,
            Map.of(),
            Map.of(),
            NodeSums.of(store.of(uid)));
    return new Outcome(report, over ? null : limit);
  }
}
