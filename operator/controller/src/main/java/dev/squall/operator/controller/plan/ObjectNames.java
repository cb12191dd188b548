// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// Names of the objects that the controller writes.
public final class ObjectNames {
  private static final int HASH_BYTES = 5;

  private ObjectNames() {}

  /// The NodeFault of an experiment and a node, whose name may be longer than an object's.
  public static String nodeFault(String experimentUid, String node) {
    return experimentUid + "-" + hash(node);
  }

  /// How the names of a part's PeerSets begin.
  static String peerSets(String experimentUid, String part) {
    return experimentUid + "-" + part.toLowerCase(Locale.ROOT);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
