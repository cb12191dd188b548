// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

/// The object that somebody applied, be it Squall's or Chaos Mesh's.
///
/// @param kind `Experiment` or `NetworkChaos`
public record ExperimentReference(String kind, String namespace, String name, String uid) {}
