// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

import dev.squall.experiment.Experiment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which faults happen to which traffic of which pods, and for how long.
///
/// @param parts at least one, each with a name of its own; all begin at one moment
/// @param duration from when it was asked for; null: until it is deleted
/// @param seed null means that each run draws its own
public record ClusterExperiment(
    List<ExperimentPart> parts,
    @Nullable Duration duration,
    @Nullable Long seed,
    Membership membership,
    BlastRadius blastRadius,
    boolean dryRun) {

  public ClusterExperiment {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("an experiment has at least one target");
    }
    if (parts.stream().map(ExperimentPart::name).distinct().count() < parts.size()) {
      throw new IllegalArgumentException("two targets have the same name");
    }
    if (duration != null) {
      Experiment.requireDuration(duration);
    }
  }
}
