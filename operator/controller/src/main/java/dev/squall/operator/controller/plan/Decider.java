// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.cluster.Membership;
import dev.squall.experiment.cluster.PodChoice;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec.Part;
import dev.squall.operator.controller.plan.Decision.End;
import dev.squall.operator.controller.plan.Decision.Found;
import dev.squall.operator.controller.plan.Decision.Hold;
import dev.squall.operator.controller.plan.Decision.Run;
import dev.squall.operator.controller.plan.Decision.Wait;
import dev.squall.operator.controller.policy.OpenNamespaces;
import dev.squall.operator.controller.policy.PolicyChain;
import dev.squall.operator.controller.policy.Refusal;
import dev.squall.operator.controller.policy.Request;
import dev.squall.operator.controller.select.ChosenPods;
import dev.squall.operator.controller.select.PodChooser;
import dev.squall.operator.controller.view.ClusterView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides what is to be done for an experiment, from what is asked for and what there is.
///
/// @param now by the wall clock
public record Decider(ClusterView cluster, Lookups lookups, OpenNamespaces open, Instant now) {

  /// @param before what the nodes were told so far
  /// @throws IllegalArgumentException when the experiment cannot be understood
  public Decision decide(Subject subject, Progress before) {
    Duration duration = subject.experiment().duration();
    if (duration != null && !now.isBefore(subject.madeAt().plus(duration))) {
      return new End(timeUp(before), false);
    }
    if (before.stopped()) {
      return new End(forGood(new Refusal("Stopped", "The nodes were told to stop.")), true);
    }
    Map<String, ChosenPods> chosen = choose(subject, before, mayGrow(subject, before));
    Refusal refusal = PolicyChain.RUN.refusal(request(subject, chosen));
    if (refusal != null) {
      return before.clock() == null ? new Wait(refusal, Map.of()) : new End(forGood(refusal), true);
    }
    Refusal limit = PolicyChain.SIZE.refusal(request(subject, chosen));
    if (limit != null && before.clock() == null) {
      return new Wait(limit, chosen);
    }
    if (limit != null) {
      chosen = choose(subject, before, false);
    }
    return decide(subject, before, chosen, limit);
  }

  private Decision decide(
      Subject subject, Progress before, Map<String, ChosenPods> chosen, @Nullable Refusal limit) {
    if (before.clock() == null) {
      Refusal nobody = nobody(subject, chosen);
      if (nobody != null) {
        return new Wait(nobody, chosen);
      }
    }
    Map<String, FoundPeers> peers = new TreeMap<>();
    for (ExperimentPart part : subject.experiment().parts()) {
      peers.put(part.name(), new PeerFinder(cluster, lookups, subject, chosen).find(part));
    }
    if (peers.values().stream().anyMatch(FoundPeers::pending)) {
      Refusal resolving = new Refusal("Resolving", "The names of the peers are being looked up.");
      return before.clock() == null
          ? new Wait(resolving, chosen)
          : new Hold(
              goingOn(subject, before.clock()),
              new Found(chosen, Map.of(), limit, subject.paused()));
    }
    return run(subject, before, new Found(chosen, peers, limit, subject.paused()));
  }

  private Run run(Subject subject, Progress before, Found found) {
    RunClock clock = clock(subject, before, found);
    Map<String, PeerPlan> plans = new TreeMap<>();
    Map<String, List<String>> sets = new TreeMap<>();
    found
        .peers()
        .forEach(
            (part, peers) -> {
              PeerPlan plan =
                  PeerPlan.of(peers, ObjectNames.peerSets(subject.reference().uid(), part));
              plans.put(part, plan);
              sets.putAll(plan.contents());
            });
    Map<String, List<Part>> parts =
        found.paused()
            ? Map.of()
            : new NodeParts(subject.experiment(), subject.reference().name(), subject.seed(), plans)
                .byNode(found.chosen());
    return new Run(specs(subject, before, clock, parts), sets, clock, found);
  }

  /// Of all nodes that have something to do, or had and are still there.
  private Map<String, NodeFaultSpec> specs(
      Subject subject, Progress before, RunClock clock, Map<String, List<Part>> parts) {
    Set<String> nodes = new TreeSet<>(parts.keySet());
    before.nodes().stream().filter(cluster::hasNode).forEach(nodes::add);
    Map<String, NodeFaultSpec> specs = new TreeMap<>();
    for (String node : nodes) {
      specs.put(
          node,
          new NodeFaultSpec(
              node,
              subject.reference(),
              clock.startAt().toString(),
              clock.durationMillis(),
              false,
              parts.getOrDefault(node, List.of())));
    }
    return specs;
  }

  private RunClock clock(Subject subject, Progress before, Found found) {
    RunClock told = before.clock();
    return told == null
        ? RunClock.beginning(
            now,
            subject.madeAt(),
            subject.experiment().duration(),
            Lead.of(found.chosen().values()))
        : goingOn(subject, told);
  }

  /// A rolling end is not put off during a pause.
  private RunClock goingOn(Subject subject, RunClock told) {
    Duration duration = subject.experiment().duration();
    return subject.paused() && duration == null ? told : told.at(now, subject.madeAt(), duration);
  }

  /// Once it has begun, a frozen experiment takes no more pods; none is taken during a pause.
  private static boolean mayGrow(Subject subject, Progress before) {
    return before.clock() == null
        || (subject.experiment().membership() == Membership.DYNAMIC && !subject.paused());
  }

  /// Parts with equal choices have the same pods.
  private Map<String, ChosenPods> choose(Subject subject, Progress before, boolean open) {
    Map<String, ChosenPods> chosen = new TreeMap<>();
    Map<PodChoice, ChosenPods> made = new HashMap<>();
    for (ExperimentPart part : subject.experiment().parts()) {
      ChosenPods pods =
          made.computeIfAbsent(
              part.pods(),
              choice ->
                  new PodChooser(
                          subject.seed(), part.name(), already(subject, before, choice), open)
                      .choose(choice, cluster));
      chosen.put(part.name(), pods);
    }
    return chosen;
  }

  /// The pods that are chosen already, by any part with this choice.
  private static Set<String> already(Subject subject, Progress before, PodChoice choice) {
    return subject.experiment().parts().stream()
        .filter(part -> part.pods().equals(choice))
        .flatMap(part -> before.chosen().getOrDefault(part.name(), Set.of()).stream())
        .collect(Collectors.toSet());
  }

  private Request request(Subject subject, Map<String, ChosenPods> chosen) {
    return new Request(subject.experiment(), chosen, cluster, open, now);
  }

  private static @Nullable Refusal nobody(Subject subject, Map<String, ChosenPods> chosen) {
    if (subject.paused()) {
      return new Refusal("Paused", "It was paused before it began.");
    }
    if (chosen.values().stream().anyMatch(choice -> !choice.pods().isEmpty())) {
      return null;
    }
    int fitting = chosen.values().stream().mapToInt(ChosenPods::fitting).sum();
    if (fitting == 0) {
      return new Refusal(
          "NoPods", "No pod fits the selector yet; the faults begin when one appears.");
    }
    List<ChosenPods.Unable> unable =
        chosen.values().stream().flatMap(choice -> choice.unable().stream()).toList();
    if (unable.size() < fitting) {
      return new Refusal(
          "NoneChosen",
          "Chance chose none of %d pods: apply it again, or with another seed.".formatted(fitting));
    }
    return new Refusal(
        "NoPodCanBeHit",
        "%s the selector, but none can be hit: pod %s %s."
            .formatted(
                fitting == 1 ? "1 pod fits" : fitting + " pods fit",
                unable.getFirst().pod().identity().path(),
                unable.getFirst().reason()));
  }

  /// What was ended does not begin again when nothing speaks against it any more: nobody would
  /// expect it then.
  private static Refusal forGood(Refusal why) {
    return new Refusal(
        why.reason(),
        "It was ended for good: delete it and apply it again for another run. " + why.message());
  }

  private static Refusal timeUp(Progress before) {
    return before.clock() == null
        ? new Refusal(
            "TimeUp",
            "Its time was over before it could begin: apply it again, or with a longer duration.")
        : new Refusal("TimeUp", "Its time is over.");
  }
}
