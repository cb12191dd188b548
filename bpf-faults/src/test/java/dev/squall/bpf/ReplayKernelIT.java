// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.corrupt;
import static dev.squall.bpf.Faults.duplicate;
import static dev.squall.bpf.Faults.gilbertElliott;
import static dev.squall.bpf.Faults.jittered;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Faults.reorder;
import static dev.squall.bpf.Faults.reset;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.abi.WaitingSlots;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.linux.TapEnd;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.NamedDistribution;
import dev.squall.fault.ResetEnd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same seed and the same packets give the same decisions, byte for byte; another seed gives
/// others.
@NeedsBpf
class ReplayKernelIT {
  private static final int PACKETS = 300;

  private final TapEnd device = new TapEnd();

  @AfterEach
  void close() {
    device.close();
  }

  static List<Fault> faults() {
    return List.of(
        loss("30%"),
        gilbertElliott("10%,30%,90%,5%"),
        FourStateLoss.parse("10%,40%,20%,60%,5%"),
        duplicate("30%"),
        corrupt("30%", CorruptMode.SILENT),
        reorder("30%", 3),
        reset(ResetEnd.SENDER, "30%"),
        jittered("50ms", "20ms", NamedDistribution.PARETO));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aSeedReplaysEveryDecision(Fault fault) {
    String first = replay(fault, 42);
    assertThat(replay(fault, 42)).isEqualTo(first);
    assertThat(replay(fault, 43)).isNotEqualTo(first);
  }

  /// What became of each packet, how many were hit by then, and how long they wait.
  private String replay(Fault fault, long seed) {
    ArmedTrial trial = Trial.of(fault).seed(seed).arm();
    LineMaps.setLine(
        trial.program().map(LineMaps.LINE_NAME).mmap(),
        LineMaps.FQ,
        device.index(),
        device.index());
    StringBuilder story = new StringBuilder();
    for (int n = 0; n < PACKETS; n++) {
      byte[] packet = packet(out4(), tcp(1, 2).sequence(n), payload(20));
      Passage passage =
          device
              .namespace()
              .call(() -> trial.egress(packet, TestContext.EMPTY.withIfindex(device.index())));
      story.append(passage.fate()).append(trial.hits());
      story.append(Arrays.hashCode(passage.packet())).append('\n');
      device.sent();
    }
    WaitingSlots slots = new WaitingSlots(trial.program().map(LineMaps.WAITING_NAME).mmap());
    for (int n = 0; n < PACKETS; n++) {
      story.append(slots.departureNanos(n) - slots.enteredNanos(n)).append('\n');
    }
    return story.toString();
  }
}
