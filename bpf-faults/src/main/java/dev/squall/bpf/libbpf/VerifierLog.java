// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import java.util.List;
import java.util.regex.Pattern;

/// What the verifier and libbpf wrote while they refused an object.
///
/// @param text every line, possibly thousands; empty when nothing was written
public record VerifierLog(String text) {
  /// Nothing was written.
  public static final VerifierLog EMPTY = new VerifierLog("");

  /// Lines that say how much work it was, not what was wrong.
  private static final Pattern STATISTICS =
      Pattern.compile(
          "(processed \\d+ insns|verification time|stack depth|max_states|insns |-- ).*");

  public boolean isEmpty() {
    return text.isBlank();
  }

  /// The last meaningful line, which is where the verifier names its reason.
  public String summary() {
    List<String> lines = text.lines().map(String::strip).toList();
    for (String line : lines.reversed()) {
      if (!line.isEmpty() && !STATISTICS.matcher(line).matches()) {
        return line;
      }
    }
    return "";
  }

  @Override
  public String toString() {
    return text;
  }
}
