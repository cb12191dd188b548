// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import dev.squall.operator.api.Sha256;

/// Names that all resources share.
public final class SquallApi {
  public static final String GROUP = "squall.dev";
  public static final String VERSION = "v1alpha1";

  /// The label of a NodeFault or PeerSet: the UID of its experiment.
  public static final String EXPERIMENT_UID = GROUP + "/experiment-uid";

  /// The label of a NodeFault: the node that executes it, as [#nodeLabel] writes it.
  public static final String NODE = GROUP + "/node";

  /// The annotation of an experiment that is not to hit anything for now: its value is `true`.
  public static final String PAUSE = GROUP + "/pause";

  /// The annotation of a NetworkChaos that hits nothing that pods and their own nodes send each
  /// other: its value is `true`.
  public static final String EXCEPT_HOST = GROUP + "/except-host";

  private static final int LONGEST_LABEL = 63;
  private static final int HASH_BYTES = 20;

  private SquallApi() {}

  /// A node's name as the value of a label: itself, or a hash where it is longer than labels are.
  public static String nodeLabel(String node) {
    return node.length() <= LONGEST_LABEL ? node : Sha256.hex(node, HASH_BYTES);
  }
}
