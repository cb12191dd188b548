// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// How much of a cluster an experiment may hit at most; more than that, and nothing begins.
///
/// @param pods null means any number
/// @param share of the pods that fit the selector's labels and namespaces; null means all
public record BlastRadius(@Nullable Integer pods, @Nullable Percentage share) {
  public static final BlastRadius UNLIMITED = new BlastRadius(null, null);

  public BlastRadius {
    if (pods != null && pods < 1) {
      throw new IllegalArgumentException(pods + ": at least one pod has to be allowed");
    }
  }
}
