// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.operator.api.Sha256;
import java.util.Locale;

/// Names of the objects that the controller writes.
public final class ObjectNames {
  private static final int HASH_BYTES = 5;

  private ObjectNames() {}

  /// The NodeFault of an experiment and a node, whose name may be longer than an object's.
  public static String nodeFault(String experimentUid, String node) {
    return experimentUid + "-" + Sha256.hex(node, HASH_BYTES);
  }

  /// How the names of a part's PeerSets begin.
  static String peerSets(String experimentUid, String part) {
    return experimentUid + "-" + part.toLowerCase(Locale.ROOT);
  }
}
