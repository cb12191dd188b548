// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What the kernel and `ip netns` accept as names.
final class KernelNames {

  private static final int LONGEST_FILE_NAME = 255;

  /// `IFNAMSIZ` without the closing zero.
  private static final int LONGEST_INTERFACE = 15;

  private KernelNames() {}

  static void requireNetns(String name) {
    if (!isFileName(name, LONGEST_FILE_NAME)) {
      throw new IllegalArgumentException(
          name
              + ": a network namespace has a name as `ip netns list` prints it, without / and"
              + " invisible characters");
    }
  }

  /// The kernel's own rule, `dev_valid_name` in `net/core/dev.c`.
  static void requireInterface(@Nullable String name) {
    if (name == null) {
      return;
    }
    boolean odd = name.chars().anyMatch(c -> c == ':' || Character.isWhitespace(c));
    if (odd || !isFileName(name, LONGEST_INTERFACE)) {
      throw new IllegalArgumentException(
          name
              + ": an interface has a name as `ip link` prints it, at most 15 bytes without / : or"
              + " spaces");
    }
  }

  private static boolean isFileName(String name, int longest) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= 1
        && bytes <= longest
        && name.codePoints().allMatch(c -> c != '/' && isVisible(c))
        && !name.equals(".")
        && !name.equals("..");
  }

  /// The kernel takes more, but such a name could not be shown.
  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
