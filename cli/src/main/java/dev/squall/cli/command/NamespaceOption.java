// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whose objects a verb is about.
final class NamespaceOption {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace (default: that of the context).")
  private @Nullable String name;

  /// Null: none was given.
  @Nullable String name() {
    return name;
  }
}
