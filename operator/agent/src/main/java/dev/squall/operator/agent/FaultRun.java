// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.agent.Demand.Halt;
import dev.squall.operator.agent.State.Ended;
import dev.squall.operator.agent.State.Prepared;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.PodReference;
import dev.squall.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One NodeFault while it is executed.
final class FaultRun {
  /// What the CRD takes.
  private static final int MOST_NOTES = 100;

  /// Rows of pods that nobody asks for any more; the earliest are left out.
  private static final int MOST_PAST = 100;

  private final String name;
  private final String uid;
  private final Preparer preparer;
  private final @Nullable String refusal;
  private final Map<InjectionKey, PodRun> pods = new LinkedHashMap<>();
  private NodeFault latest;
  private PeerSets peerSets = PeerSets.NONE;
  private WantedFault wanted;
  private @Nullable Halt halt;
  private int forgotten;
  private boolean deleted;
  private boolean changed = true;
  private StatusPace pace = StatusPace.NONE;

  /// @param lastSeen when an agent before this one was last known to live
  /// @param refusal why nothing may begin; null: it may
  FaultRun(
      NodeFault nodeFault,
      Preparer preparer,
      Moment now,
      Instant lastSeen,
      @Nullable String refusal) {
    this.name = nodeFault.getMetadata().getName();
    this.uid = nodeFault.getMetadata().getUid();
    this.preparer = preparer;
    this.refusal = refusal;
    this.latest = nodeFault;
    this.wanted = NodeFaultReader.read(nodeFault, null, peerSets, now);
    NodeFaultStatus recorded = nodeFault.getStatus();
    for (PodFault row : recorded.pods()) {
      PodRun resumed = PodRun.resumed(row, lastSeen);
      pods.put(resumed.key(), resumed);
    }
    addNew();
  }

  /// The NodeFault has changed.
  void apply(NodeFault nodeFault, Moment now) {
    Long generation = nodeFault.getMetadata().getGeneration();
    if (generation == null || generation != wanted.generation()) {
      latest = nodeFault;
      read(now);
    }
  }

  /// The PeerSets of its experiment have changed.
  void peers(PeerSets peers, Moment now) {
    peerSets = peers;
    read(now);
  }

  private void read(Moment now) {
    WantedFault before = wanted;
    wanted = NodeFaultReader.read(latest, before, peerSets, now);
    if (wanted.equals(before)) {
      return;
    }
    changed = true;
    addNew();
    wanted.injections().keySet().stream()
        .filter(key -> !before.injections().containsKey(key))
        .map(pods::get)
        .forEach(pod -> pod.askedAgain(wanted.window(), now.monotonic()));
    if (!wanted.window().end().equals(before.window().end())) {
      pods.values().forEach(pod -> pod.extend(wanted.window(), now.monotonic()));
    }
  }

  /// Pods come and go as long as an experiment lasts; the object must not grow with that.
  private void addNew() {
    List<InjectionKey> past =
        pods.values().stream()
            .filter(pod -> pod.state() instanceof Ended && !pod.isLeaving())
            .map(PodRun::key)
            .filter(key -> !wanted.injections().containsKey(key))
            .toList();
    int tooMany = Math.max(0, past.size() - MOST_PAST);
    past.subList(0, tooMany).forEach(pods::remove);
    forgotten += tooMany;
    wanted.injections().forEach((key, one) -> pods.computeIfAbsent(key, _ -> fresh(key, one)));
  }

  private static PodRun fresh(InjectionKey key, WantedInjection wanted) {
    Target.Pod pod = wanted.pod();
    String full = pod.name() == null ? "/" + pod.uid() : pod.name();
    int slash = full.indexOf('/');
    return new PodRun(
        key, new PodReference(full.substring(0, slash), full.substring(slash + 1), pod.uid()));
  }

  void delete() {
    deleted = true;
    halt(null);
  }

  /// Nothing of it works any more.
  void halt(@Nullable String why) {
    halt = new Halt(why);
    changed = true;
  }

  boolean isHalted() {
    return halt != null;
  }

  String experimentUid() {
    return latest.getSpec().experiment().uid();
  }

  /// Whether it names PeerSets.
  boolean needsPeers() {
    return latest.getSpec().parts().stream()
        .map(NodeFaultSpec.Part::peerSets)
        .anyMatch(names -> names != null && !names.isEmpty());
  }

  String name() {
    return name;
  }

  String uid() {
    return uid;
  }

  Window window() {
    return wanted.window();
  }

  Collection<PodRun> pods() {
    return pods.values();
  }

  long leaseLosses() {
    return pods.values().stream().mapToLong(PodRun::leaseLosses).sum();
  }

  private Demand demand(PodRun pod) {
    Halt stop = halt == null && wanted.stop() ? new Halt(null) : halt;
    return new Demand(wanted.injections().get(pod.key()), refusal, stop, wanted.window());
  }

  /// Takes all steps that are due and take next to no time.
  ///
  /// @return the first pod with a step that takes long; null: none
  @Nullable PodRun quickSteps(Map<String, PodNetwork> networks, Duration now) {
    PodRun slow = null;
    for (PodRun pod : pods.values()) {
      Step step = pod.next(demand(pod), networks.get(pod.key().pod()), now);
      if (step instanceof Step.Release) {
        changed |= pod.take(step, wanted.window(), now);
        step = pod.next(demand(pod), networks.get(pod.key().pod()), now);
      }
      if (step.isSlow()) {
        slow = slow == null ? pod : slow;
      } else {
        changed |= pod.take(step, wanted.window(), now);
      }
    }
    return slow;
  }

  /// Prepares what is wanted for one of the pods.
  void prepare(PodRun pod, Map<String, PodNetwork> networks) {
    WantedInjection one = wanted.injections().get(pod.key());
    PodNetwork network = networks.get(pod.key().pod());
    if (one != null && network != null) {
      pod.prepare(one, preparer, network, wanted.window());
      changed = true;
    }
  }

  /// Takes off one thing that no longer works, and says whether there was one.
  boolean closeOne() {
    boolean closed = pods.values().stream().anyMatch(PodRun::closeOne);
    changed |= closed;
    return closed;
  }

  /// Whether a pod waits for the agreed moment, and that is near.
  boolean isAboutToBegin(Duration now, Duration near) {
    Duration left = window().start().minus(now);
    return left.isPositive()
        && left.compareTo(near) < 0
        && pods.values().stream().anyMatch(pod -> pod.state() instanceof Prepared);
  }

  /// Ends everything because this agent ends.
  void suspend(String why, Duration now) {
    pods.values().forEach(pod -> pod.suspend(why, wanted.window(), now));
    changed = true;
  }

  /// Whether nobody will ask for it again.
  boolean isGone() {
    return deleted && pods.values().stream().noneMatch(PodRun::isLeaving);
  }

  /// What is to be written now; null: nothing.
  @Nullable NodeFaultStatus news(String version, @Nullable Long clockOffset, Duration now) {
    if (deleted || !pace.mayBeDue(changed, now)) {
      return null;
    }
    NodeFaultStatus status = status(version, clockOffset);
    boolean isNews = pace.isNews(status);
    pace = pace.after(status, now);
    changed = false;
    return isNews ? status : null;
  }

  private NodeFaultStatus status(String version, @Nullable Long clockOffset) {
    Set<String> notes = new TreeSet<>(wanted.problems());
    pods.values().forEach(pod -> notes.addAll(pod.notes()));
    if (forgotten > 0) {
      notes.add("%d pods that are gone are left out here".formatted(forgotten));
    }
    List<String> fitting = notes.stream().limit(MOST_NOTES).map(Sentence::fit).toList();
    List<PodFault> rows = pods.values().stream().map(PodRun::row).toList();
    return new NodeFaultStatus(wanted.generation(), version, clockOffset, fitting, rows);
  }
}
