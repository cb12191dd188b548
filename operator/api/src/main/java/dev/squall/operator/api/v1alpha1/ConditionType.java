// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

/// What the conditions of an Experiment are about. `kubectl wait` takes these names: `kubectl wait
/// sqx/NAME --for=condition=Injected`.
public enum ConditionType {
  /// Pods were found that may be hit. False: none fits, or none may be hit.
  Selected,
  /// The faults are on all pods that were chosen.
  Injected,
  /// Nothing is attached any more, on any node.
  Recovered,
  /// The annotation [SquallApi#PAUSE] is there, and nothing is hit.
  Paused,
  /// Something is not as asked for, while the rest runs: a pod is refused, a host name has no
  /// address, a node does not answer.
  Degraded,
  /// It cannot run: the spec, a policy or the blast radius forbids it.
  Failed
}
