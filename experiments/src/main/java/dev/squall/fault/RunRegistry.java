// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.util.List;

/// All runs on this machine, whichever process owns them; what the kernel holds is the only record.
public interface RunRegistry {

  /// The runs that there are, with living and with dead owners.
  List<ActiveRun> runs();

  /// Ends the run's effect at once and tells its owner; false when there is no such run.
  boolean stop(String id);

  /// Gives faults of a run another share, in force from the next packet on; the run goes on and its
  /// counters too.
  ///
  /// @return how many rules were changed: 0 when the run has no such fault
  int adjust(String id, Adjustment adjustment);

  /// Everything of ours in the kernel that no living process owns.
  List<Leftover> leftovers();

  /// Removes what dead owners left and returns it.
  List<Leftover> sweep();
}
