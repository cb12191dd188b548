// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.select;

import dev.squall.operator.controller.view.PodRecord;
import java.util.List;

/// What became of a choice of pods.
///
/// @param pods those that are hit, by namespace and name
/// @param fitting how many pods fit the selector
/// @param unable those that fit but cannot be hit
public record ChosenPods(List<PodRecord> pods, int fitting, List<Unable> unable) {
  public static final ChosenPods NONE = new ChosenPods(List.of(), 0, List.of());

  public ChosenPods {
    pods = List.copyOf(pods);
    unable = List.copyOf(unable);
  }

  /// A pod that cannot be hit, and why: `uses the network of its node`.
  public record Unable(PodRecord pod, String reason) {}

  /// The same without pods that are not chosen yet.
  public ChosenPods only(List<PodRecord> kept) {
    return new ChosenPods(kept, fitting, unable);
  }
}
