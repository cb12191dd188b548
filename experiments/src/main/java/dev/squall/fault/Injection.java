// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.time.Duration;
import java.util.List;

/// Faults that are loaded and attached: first without effect, then armed, then disarmed.
///
/// One thread uses it. Every method may throw a [FaultException].
public interface Injection extends AutoCloseable {

  /// Lets the faults begin, on all targets at one moment; the deadline counts from here.
  void arm();

  /// How the run stands, asked of the kernel.
  InjectionStatus status();

  /// What the kernel has counted, one report per fault, direction and interface in a stable order.
  List<RuleReport> report();

  /// A sample of the packets that were hit since the last call: of each rule the first, and then
  /// one in 256, as far as there was room to keep them.
  List<HitPacket> sample();

  /// After [InjectionStatus#LEASE_LOST]: how long the faults had already been off when the owner
  /// noticed; zero otherwise.
  Duration uncovered();

  /// What a reader of the result should know, a sentence each: which mechanism delays packets.
  List<String> notes();

  /// Ends the effect at once; reports stay readable.
  void disarm();

  /// Disarms, delivers the packets that still wait, detaches and removes everything. A second call
  /// does nothing.
  @Override
  void close();
}
