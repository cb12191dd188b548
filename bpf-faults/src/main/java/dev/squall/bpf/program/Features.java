// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.experiment.Budget;
import dev.squall.experiment.Experiment;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Fault;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Reset;
import dev.squall.target.FlowFilter;

/// What an experiment asks of the programs. The verifier leaves out what is not asked for, which
/// makes loading several times faster.
final class Features {
  private Features() {}

  static int of(Experiment experiment) {
    FlowFilter flows = experiment.traffic().flows();
    int features =
        (flows.serverNames().isEmpty() ? 0 : FaultAbi.FEATURE_SERVERS)
            | (flows.after() == null && flows.first() == null ? 0 : FaultAbi.FEATURE_PLACES)
            | (experiment.budget().equals(Budget.UNLIMITED) ? 0 : FaultAbi.FEATURE_BUDGET);
    for (Fault fault : experiment.faults()) {
      features |= of(fault);
    }
    return features;
  }

  private static int of(Fault fault) {
    Effect effect = Effect.of(fault);
    return ofKind(fault)
        | (effect.law().kind() == RuleMap.INDEPENDENT ? 0 : FaultAbi.FEATURE_LAWS)
        | ofStage(effect.stage());
  }

  private static int ofKind(Fault fault) {
    if (fault instanceof DnsFailure) {
      return FaultAbi.FEATURE_QUESTIONS;
    }
    if (fault instanceof Reset) {
      return FaultAbi.FEATURE_RESET;
    }
    boolean answers =
        fault instanceof Partition partition && partition.mode() == PartitionMode.REJECT;
    return answers ? FaultAbi.FEATURE_REJECT : 0;
  }

  private static int ofStage(int stage) {
    return switch (stage) {
      case FaultAbi.STAGE_DAMAGE -> FaultAbi.FEATURE_DAMAGE;
      case FaultAbi.STAGE_MULTIPLY -> FaultAbi.FEATURE_MULTIPLY;
      case FaultAbi.STAGE_QUEUE, FaultAbi.STAGE_WAIT -> FaultAbi.FEATURE_WAIT;
      default -> 0;
    };
  }
}
