// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import org.jspecify.annotations.Nullable;

/// What is asked for one pod.
///
/// @param wanted null: nothing any more
/// @param refusal why nothing that has not begun yet may begin; null: it may
/// @param halt why nothing of the NodeFault is to work any more; null: it is to work
record Demand(
    @Nullable WantedInjection wanted,
    @Nullable String refusal,
    @Nullable Halt halt,
    Window window) {

  /// An end that does not come from the agreed time.
  ///
  /// @param why for the reader of the status; null: as it was asked for
  record Halt(@Nullable String why) {}
}
