// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Faults that are loaded and attached: first without effect, then armed, then disarmed.
///
/// One thread uses it. Every method may throw a [FaultException].
public interface Injection extends AutoCloseable {

  /// Lets the faults begin, on all targets at one moment; the deadline counts from here.
  void arm();

  /// Moves the deadline of an armed run: it is so long after now. A run that has ended stays ended.
  void endIn(Duration remaining);

  /// How the run stands, asked of the kernel.
  InjectionStatus status();

  /// What the kernel has counted, one report per fault, direction and interface in a stable order.
  List<RuleReport> report();

  /// How many packets were spared in each direction, on all interfaces together; empty where
  /// nothing is to be spared.
  default List<SparedPackets> spared() {
    return List.of();
  }

  /// The interfaces on which the faults are attached; one that has gone is not among them any more.
  List<AttachedInterface> interfaces();

  /// Hands over packets that were hit since the last call, those of one interface in their order:
  /// every one where [RunIdentity#everyHit], else of each rule the first, and then one in 256; as
  /// far as there was room to keep them.
  ///
  /// @return where [RunIdentity#everyHit]: for how many more since the last call there was no room
  long drainHits(Consumer<HitPacket> hits);

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
