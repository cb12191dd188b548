// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.time.Instant;
import java.util.List;

/// A run that the kernel knows.
///
/// @param id the name to stop it by
/// @param pid the process that owns it
/// @param state how it stands
/// @param command what its user asked for
/// @param places where it works: `netns web eth0`
/// @param endsAt its deadline
public record ActiveRun(
    String id, int pid, RunState state, String command, List<String> places, Instant endsAt) {

  public ActiveRun {
    places = List.copyOf(places);
  }

  /// Whether the process that owns it still runs.
  public boolean isOwned() {
    return state != RunState.OWNER_DEAD;
  }
}
