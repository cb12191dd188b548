// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.select;

import dev.squall.experiment.cluster.PodChoice;
import dev.squall.operator.controller.select.ChosenPods.Unable;
import dev.squall.operator.controller.view.ClusterView;
import dev.squall.operator.controller.view.PodRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chooses pods: the same ones for the same seed and pods, and as few changes as can be when pods
/// come and go.
///
/// Chance gives every pod a rank by its name; the first ranks are chosen. A pod that is chosen
/// stays so while it is there and fits; when one goes, the next rank takes its place.
///
/// @param seed of the experiment
/// @param part its part's name, so that two parts choose independently
/// @param chosen UIDs of the pods that are chosen already
/// @param open whether more pods may be chosen
public record PodChooser(long seed, String part, Set<String> chosen, boolean open) {
  private static final String RUNNING = "Running";

  public PodChooser {
    chosen = Set.copyOf(chosen);
  }

  /// @throws IllegalArgumentException when the selector asks for a field that no pod has
  public ChosenPods choose(PodChoice choice, ClusterView cluster) {
    List<PodRecord> fitting = living(PodFit.find(choice.selector(), cluster));
    List<PodRecord> able = new ArrayList<>();
    List<Unable> unable = new ArrayList<>();
    for (PodRecord pod : fitting) {
      String obstacle = isChosen(pod) ? end(pod) : obstacle(pod);
      if (obstacle == null) {
        able.add(pod);
      } else {
        unable.add(new Unable(pod, obstacle));
      }
    }
    unable.sort(Comparator.comparing(Unable::pod, PodRecord.BY_NAME));
    int wanted = choice.mode().of(able.size(), Chance.drawn(seed, part));
    return new ChosenPods(pick(able, wanted), fitting.size(), unable);
  }

  /// Pods that have ended count for nothing, unless there are no others.
  private static List<PodRecord> living(List<PodRecord> pods) {
    List<PodRecord> living = pods.stream().filter(pod -> !pod.state().hasEnded()).toList();
    return living.isEmpty() ? pods : living;
  }

  private List<PodRecord> pick(List<PodRecord> able, int wanted) {
    List<PodRecord> kept = able.stream().filter(this::isChosen).toList();
    List<PodRecord> picked = new ArrayList<>(kept);
    if (open) {
      able.stream()
          .filter(pod -> !isChosen(pod))
          .sorted(Comparator.comparingLong(this::rank))
          .limit(Math.max(0, wanted - kept.size()))
          .forEach(picked::add);
    }
    picked.sort(PodRecord.BY_NAME);
    return picked;
  }

  private boolean isChosen(PodRecord pod) {
    return chosen.contains(pod.uidOnNode());
  }

  private long rank(PodRecord pod) {
    return Chance.rank(seed, part, pod.identity().path());
  }

  private static @Nullable String obstacle(PodRecord pod) {
    if (pod.traits().hostNetwork()) {
      return "uses the network of its node";
    }
    if (!pod.state().phase().equals(RUNNING)) {
      return "is " + pod.state().phase();
    }
    if (pod.state().terminating()) {
      return "is being deleted";
    }
    return pod.state().addresses().isEmpty() ? "has no address yet" : null;
  }

  /// A pod that is hit is given up only when all its containers have ended.
  private static @Nullable String end(PodRecord pod) {
    return pod.state().hasEnded() ? "is " + pod.state().phase() : null;
  }
}
