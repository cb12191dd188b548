// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import org.jspecify.annotations.Nullable;

/// One thing that fault injection wants of a machine.
///
/// @param name what was examined: `tcx`
/// @param meaning what the outcome means for the user
/// @param fix what to do about it; null when nothing need or can be done
public record HostCheck(String name, Outcome outcome, String meaning, @Nullable String fix) {

  /// What an examination found.
  public enum Outcome {
    OK,
    /// It works, with less.
    LIMITED,
    MISSING,
    /// It could not be examined.
    UNKNOWN
  }
}
