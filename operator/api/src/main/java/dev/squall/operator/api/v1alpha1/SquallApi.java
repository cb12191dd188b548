// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

/// Names that all resources share.
public final class SquallApi {
  public static final String GROUP = "squall.dev";
  public static final String VERSION = "v1alpha1";

  /// The label of a NodeFault or PeerSet: the UID of its experiment.
  public static final String EXPERIMENT_UID = GROUP + "/experiment-uid";

  /// The label of a NodeFault: the node that executes it.
  public static final String NODE = GROUP + "/node";

  /// The annotation of an experiment that is not to hit anything for now: its value is `true`.
  public static final String PAUSE = GROUP + "/pause";

  private SquallApi() {}
}
