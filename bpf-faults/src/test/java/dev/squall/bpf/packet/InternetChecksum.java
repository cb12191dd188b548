// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

/// RFC 1071, the plain way.
final class InternetChecksum {
  private InternetChecksum() {}

  /// The ones' complement sum of 16-bit words, an odd byte at the end counting as the upper half of
  /// one.
  static int sum(byte[] bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      int value = Byte.toUnsignedInt(bytes[i]);
      sum = fold(sum + ((i & 1) == 0 ? value << 8 : value));
    }
    return sum;
  }

  static int fold(int sum) {
    int folded = sum;
    while (folded > 0xffff) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return folded;
  }

  /// What goes into the check field.
  static int of(int sum) {
    return ~fold(sum) & 0xffff;
  }
}
