// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

/// What becomes of pods that appear while an experiment runs.
public enum Membership {
  /// Pods that appear are hit too, in place of those that went.
  DYNAMIC,
  /// Only those that were chosen at the start.
  FROZEN
}
