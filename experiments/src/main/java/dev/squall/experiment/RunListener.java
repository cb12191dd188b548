// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.HitPacket;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import java.time.Duration;
import java.util.List;

/// Hears how a run goes, on the thread that runs it. What a listener throws ends the run, and the
/// clean-up still happens.
public interface RunListener {

  /// The faults have begun.
  ///
  /// @param notes what a reader of the result should know, a sentence each
  void armed(Experiment experiment, RunIdentity identity, List<String> notes);

  /// The run has begun, or an interval has passed.
  ///
  /// @param remaining until the deadline, never negative
  void progress(Duration remaining, List<RuleReport> rules);

  /// A packet has been hit, and the kernel has recorded it; may come when the faults are over.
  void hit(HitPacket packet);

  /// Where every hit was to be recorded: so many packets were hit for which there was no room.
  default void missed(long packets) {}

  /// The faults are over and everything is removed.
  ///
  /// @param uncovered how long the faults had been off before the run noticed; zero unless the
  ///   lease was lost
  void ended(EndReason reason, Duration uncovered, List<RuleReport> rules);
}
