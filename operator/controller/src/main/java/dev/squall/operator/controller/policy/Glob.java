// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.policy;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names with `*`, which stands for any letters.
final class Glob {
  private Glob() {}

  static boolean fits(String glob, String name) {
    String pattern =
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return name.matches(pattern);
  }
}
