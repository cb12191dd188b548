// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.select;

import java.nio.charset.StandardCharsets;

/// What chance decides about pods: the same for the same seed, whatever else there is.
public final class Chance {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Chance() {}

  /// A number for a text, which stands for a seed where the user gave none.
  public static long seed(String text) {
    return rank(0, "", text) & Long.MAX_VALUE;
  }

  /// The place of a name among others.
  static long rank(long seed, String part, String name) {
    return mix(hash(name, hash(part, mix(seed) ^ OFFSET)));
  }

  /// From 0, inclusive, to 1, exclusive.
  static double drawn(long seed, String part) {
    return (rank(seed, part, "") >>> 11) * 0x1.0p-53;
  }

  /// FNV-1a, byte by byte, with an end that no text contains.
  private static long hash(String text, long start) {
    long hash = start;
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (value & 0xff)) * PRIME;
    }
    return (hash ^ 0x1ff) * PRIME;
  }

  /// The finaliser of SplitMix64: each bit depends on all.
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
