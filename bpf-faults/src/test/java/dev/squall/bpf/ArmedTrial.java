// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.CountMap.Count;
import dev.squall.bpf.abi.CountMap.Counts;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.TableMap;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.program.RuleTable;
import dev.squall.bpf.program.WaitPlan;

/// Rules in the kernel, attached to nothing: packets are handed to the programs one by one.
final class ArmedTrial {
  private final LoadedProgram program;

  private ArmedTrial(LoadedProgram program) {
    this.program = program;
  }

  static ArmedTrial of(RuleTable table, WaitPlan plan) {
    return new ArmedTrial(SharedProgram.armed(table, plan));
  }

  /// On an object of its own, whose maps are just large enough, and which the caller closes.
  static ArmedTrial alone(RuleTable table, WaitPlan plan) {
    LoadedProgram own = LoadedProgram.load(table, plan, !plan.isEmpty());
    Arming.arm(own, table, plan);
    return new ArmedTrial(own);
  }

  /// Every packet is as the device that splits lets it through.
  ArmedTrial onWireSegments() {
    for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
      new TableMap(program.map(TableMap.NAME).mmap(), direction).setPerSegment(0);
    }
    return this;
  }

  /// Usually the object that all trials share, one after the other.
  LoadedProgram program() {
    return program;
  }

  Passage egress(byte[] packet) {
    return egress(packet, TestContext.EMPTY);
  }

  Passage ingress(byte[] packet) {
    return ingress(packet, TestContext.EMPTY);
  }

  Passage egress(byte[] packet, TestContext context) {
    return pass(FaultAbi.EGRESS, packet, context);
  }

  Passage ingress(byte[] packet, TestContext context) {
    return pass(FaultAbi.INGRESS, packet, context);
  }

  Passage pass(int direction, byte[] packet, TestContext context) {
    String name = direction == FaultAbi.EGRESS ? "squall_egress" : "squall_ingress";
    return Passage.of(
        direction, packet, context, program.program(name).testRun(packet, context, 1));
  }

  /// What the first rule of egress has counted.
  Counts counts() {
    return counts(FaultAbi.EGRESS, 0);
  }

  /// @param rule by its place among those of the direction
  Counts counts(int direction, int rule) {
    return program.counts(direction * FaultAbi.RULES + rule);
  }

  /// Packets that matched the first rule of egress and that it hit.
  long matched() {
    return counts().matched().packets();
  }

  long hits() {
    return counts().hit().packets();
  }

  static Count packets(long number) {
    return new Count(number, number);
  }
}
