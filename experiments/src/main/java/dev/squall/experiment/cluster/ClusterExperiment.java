// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

import dev.squall.experiment.Budget;
import dev.squall.experiment.Experiment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which faults happen to which traffic of which pods, and for how long.
///
/// @param parts at least one, each with a name of its own; all begin at one moment
/// @param limits of time and of what may be hit
/// @param seed null means that each run draws its own
public record ClusterExperiment(
    List<ExperimentPart> parts,
    Limits limits,
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
  }

  /// One that only its duration limits.
  public ClusterExperiment(
      List<ExperimentPart> parts,
      @Nullable Duration duration,
      @Nullable Long seed,
      Membership membership,
      BlastRadius blastRadius,
      boolean dryRun) {
    this(parts, new Limits(duration, Budget.UNLIMITED), seed, membership, blastRadius, dryRun);
  }

  /// When it is over at the latest.
  ///
  /// @param duration from when it was asked for, at least [Experiment#SHORTEST]; it may be longer
  ///   than any experiment on one host. Null: until it is deleted
  /// @param budget how much it may hit on each interface
  public record Limits(@Nullable Duration duration, Budget budget) {
    public Limits {
      if (duration != null && duration.compareTo(Experiment.SHORTEST) < 0) {
        Experiment.requireDuration(duration);
      }
    }
  }

  /// Null means until it is deleted.
  public @Nullable Duration duration() {
    return limits.duration();
  }

  public Budget budget() {
    return limits.budget();
  }
}
