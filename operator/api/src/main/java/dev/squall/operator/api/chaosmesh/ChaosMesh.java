// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

/// Names by which Chaos Mesh and its users know things.
public final class ChaosMesh {
  public static final String GROUP = "chaos-mesh.org";
  public static final String VERSION = "v1alpha1";

  /// Of a NetworkChaos whose faults may still be there.
  public static final String FINALIZER = "chaos-mesh/records";

  /// An annotation: with the value `true` faults are taken away for as long as it is there.
  public static final String PAUSE = "experiment.chaos-mesh.org/pause";

  /// An annotation: with the value `forced` all finalizers go, whatever state the object is in.
  public static final String CLEAN_FINALIZER = "chaos-mesh.chaos-mesh.org/cleanFinalizer";

  /// A label of what a Schedule has created: the name of the Schedule.
  public static final String MANAGED_BY = "managed-by";

  private ChaosMesh() {}
}
