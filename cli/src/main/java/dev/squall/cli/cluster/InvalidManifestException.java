// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import java.util.List;

/// A file whose objects cannot be applied, with all its problems in the order of the file.
public final class InvalidManifestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  InvalidManifestException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// At least one, as `FILE:LINE: message`.
  public List<String> problems() {
    return problems;
  }
}
