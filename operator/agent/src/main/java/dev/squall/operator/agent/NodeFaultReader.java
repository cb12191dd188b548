// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.experiment.Experiment;
import dev.squall.experiment.file.ExperimentFile;
import dev.squall.experiment.file.FileException;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.target.Peers;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Understands what a NodeFault asks for.
final class NodeFaultReader {
  private final @Nullable WantedFault before;
  private final PeerSets peerSets;
  private final List<String> problems = new ArrayList<>();
  private final Map<InjectionKey, WantedInjection> injections = new LinkedHashMap<>();

  private NodeFaultReader(@Nullable WantedFault before, PeerSets peerSets) {
    this.before = before;
    this.peerSets = peerSets;
  }

  /// Reads one. What cannot be understood is left out and said in the problems.
  ///
  /// @param before what was understood the last time: a beginning that was agreed once is not
  ///   converted again, and what is equal is the same, so that comparing costs nothing; null: this
  ///   is the first time
  static WantedFault read(
      NodeFault nodeFault, @Nullable WantedFault before, PeerSets peerSets, Moment now) {
    NodeFaultReader reader = new NodeFaultReader(before, peerSets);
    NodeFaultSpec spec = nodeFault.getSpec();
    Window window = reader.window(spec, now);
    for (NodeFaultSpec.Part part : spec.parts()) {
      reader.read(part);
    }
    Long generation = nodeFault.getMetadata().getGeneration();
    return new WantedFault(
        generation == null ? 0 : generation,
        spec.stop(),
        window,
        Collections.unmodifiableMap(reader.injections),
        List.copyOf(reader.problems));
  }

  private Window window(NodeFaultSpec spec, Moment now) {
    Duration length = Duration.ofMillis(spec.durationMillis());
    Instant startAt;
    try {
      startAt = Instant.parse(spec.startAt());
    } catch (DateTimeException e) {
      problems.add("startAt %s: this is not a time in RFC 3339".formatted(spec.startAt()));
      return Window.of(now.wall(), Duration.ZERO, now);
    }
    return before != null && before.window().startAt().equals(startAt)
        ? before.window().lasting(length)
        : Window.of(startAt, length, now);
  }

  private void read(NodeFaultSpec.Part part) {
    try {
      List<Experiment> experiments = ExperimentFile.parse(part.name(), part.experiment());
      experiments.forEach(experiment -> read(part, experiment));
    } catch (FileException e) {
      problems.add("part %s: %s".formatted(part.name(), e.problems().getFirst()));
    }
  }

  private void read(NodeFaultSpec.Part part, Experiment experiment) {
    List<String> sets = part.peerSets();
    TrafficFilter traffic = experiment.traffic();
    String lacks = null;
    if (sets != null) {
      traffic = withPeers(traffic, sets);
      lacks =
          peerSets.missing(sets).map("the peer set %s is not there yet"::formatted).orElse(null);
    }
    for (Target target : experiment.targets()) {
      if (target instanceof Target.Pod pod) {
        Experiment alone = alone(experiment, pod, traffic);
        put(
            new InjectionKey(part.name(), pod.uid()),
            new WantedInjection(pod, alone, part.dryRun(), lacks));
      } else {
        problems.add("part %s: %s is not a pod".formatted(part.name(), target.describe()));
      }
    }
  }

  private void put(InjectionKey key, WantedInjection wanted) {
    WantedInjection known = before == null ? null : before.injections().get(key);
    injections.put(key, known != null && known.equals(wanted) ? known : wanted);
  }

  private TrafficFilter withPeers(TrafficFilter traffic, List<String> sets) {
    Peers inline = traffic.peers();
    return traffic.with(inline.including(peerSets.union(sets, inline.included())));
  }

  private static Experiment alone(Experiment experiment, Target.Pod pod, TrafficFilter traffic) {
    return new Experiment(
        experiment.name(),
        List.of(pod),
        experiment.faults(),
        traffic,
        experiment.limits(),
        experiment.seed());
  }
}
