// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Delay;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Loss;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;

/// What a fault is for the kernel, without whom it is for.
///
/// @param stage of `FaultAbi`: when its turn is
/// @param kind LOSS and so on of `RuleMap`
/// @param mode of that kind
record Effect(int stage, int kind, int mode, Law law) {
  static Effect of(Fault fault) {
    return switch (fault) {
      case Loss loss -> loss(Law.independent(loss.probability(), loss.ramp()));
      case GilbertElliottLoss loss -> loss(Law.chain(Chain.of(loss)));
      case FourStateLoss loss -> loss(Law.chain(Chain.of(loss)));
      case PeriodicLoss loss -> loss(Law.every(loss.every()));
      case MtuBlackhole hole -> loss(Law.largerThan(hole.mtu()));
      case Reset reset ->
          sever(
              RuleMap.RESET, mode(reset.end()), Law.independent(reset.probability(), reset.ramp()));
      case Partition partition -> sever(RuleMap.PARTITION, mode(partition.mode()), Law.ALWAYS);
      case Corrupt corrupt ->
          new Effect(
              FaultAbi.STAGE_DAMAGE,
              RuleMap.CORRUPT,
              mode(corrupt.mode()),
              Law.of(corrupt.probability(), corrupt.ramp(), corrupt.correlation()));
      case DnsFailure failure -> of(failure.outcome());
      case Duplicate duplicate ->
          new Effect(
              FaultAbi.STAGE_MULTIPLY,
              RuleMap.DUPLICATE,
              0,
              Law.of(duplicate.probability(), duplicate.ramp(), duplicate.correlation()));
      case Reorder reorder -> hold(Law.gap(reorder.probability(), reorder.gap()));
      case Rate _ -> new Effect(FaultAbi.STAGE_QUEUE, RuleMap.RATE, 0, Law.ALWAYS);
      case Delay _ -> hold(Law.ALWAYS);
    };
  }

  private static final int SERVFAIL = 2; // RFC 1035 4.1.1
  private static final int NXDOMAIN = 3;

  private static Effect failed(int rcode) {
    return new Effect(FaultAbi.STAGE_DAMAGE, RuleMap.DNS, rcode, Law.ALWAYS);
  }

  private static Effect of(DnsFailure.Outcome outcome) {
    return switch (outcome) {
      case NXDOMAIN -> failed(NXDOMAIN);
      case SERVFAIL -> failed(SERVFAIL);
      case TIMEOUT -> loss(Law.ALWAYS);
    };
  }

  private static Effect loss(Law law) {
    return new Effect(FaultAbi.STAGE_LOSE, RuleMap.LOSS, 0, law);
  }

  private static Effect sever(int kind, int mode, Law law) {
    return new Effect(FaultAbi.STAGE_SEVER, kind, mode, law);
  }

  private static Effect hold(Law law) {
    return new Effect(FaultAbi.STAGE_WAIT, RuleMap.DELAY, 0, law);
  }

  private static int mode(ResetEnd end) {
    return switch (end) {
      case SENDER -> RuleMap.RESET_SENDER;
      case RECEIVER -> RuleMap.RESET_RECEIVER;
      case BOTH -> RuleMap.RESET_SENDER | RuleMap.RESET_RECEIVER;
    };
  }

  private static int mode(PartitionMode mode) {
    return switch (mode) {
      case DROP -> RuleMap.DROP;
      case REJECT -> RuleMap.REJECT;
    };
  }

  private static int mode(CorruptMode mode) {
    return switch (mode) {
      case DETECTABLE -> RuleMap.DETECTABLE;
      case SILENT -> RuleMap.SILENT;
    };
  }
}
