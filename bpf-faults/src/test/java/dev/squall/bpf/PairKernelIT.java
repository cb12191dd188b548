// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.corrupt;
import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.drop;
import static dev.squall.bpf.Faults.duplicate;
import static dev.squall.bpf.Faults.gilbertElliott;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Faults.rate;
import static dev.squall.bpf.Faults.reject;
import static dev.squall.bpf.Faults.reorder;
import static dev.squall.bpf.Faults.reset;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.packet.Packet.data;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.linux.TapEnd;
import dev.squall.bpf.packet.DnsMessage;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.DnsFailure.Outcome;
import dev.squall.fault.Fault;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.ResetEnd;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Any two faults on one packet: the one whose stage is earlier has the first word, and the other
/// one meets what that leaves. Of one stage the first is the one that was asked for first.
@NeedsBpf
class PairKernelIT {
  private static final byte[] SEGMENT = packet(out4(), tcp(1, 2), payload(100));
  private static final byte[] ANSWER =
      packet(out4(), udp(53, 2), data(DnsMessage.answer("www.example.com").bytes()));

  private final TapEnd device = new TapEnd();

  @AfterEach
  void close() {
    device.close();
  }

  /// A fault that hits every packet.
  ///
  /// @param stage by which they are ordered, as the command line's reference says
  /// @param ends whether nothing is left of the packet for another fault
  private record Member(Fault fault, int stage, boolean ends) {
    boolean wants(byte[] packet) {
      return switch (fault) {
        case dev.squall.fault.Reset _ -> Arrays.equals(packet, SEGMENT);
        case DnsFailure _ -> Arrays.equals(packet, ANSWER);
        default -> true;
      };
    }

    @Override
    public String toString() {
      return fault.describe();
    }
  }

  private static final List<Member> ALL =
      List.of(
          new Member(loss("100%"), 0, true),
          new Member(gilbertElliott("100%,0.000000001%"), 0, true),
          new Member(new PeriodicLoss(1), 0, true),
          new Member(new MtuBlackhole(68), 0, true),
          new Member(new DnsFailure(Outcome.TIMEOUT, List.of()), 0, true),
          new Member(reset(ResetEnd.SENDER), 1, true),
          new Member(drop(), 1, true),
          new Member(reject(), 1, true),
          new Member(corrupt("100%", CorruptMode.SILENT), 2, false),
          new Member(new DnsFailure(Outcome.NXDOMAIN, List.of()), 2, false),
          new Member(duplicate("100%"), 3, false),
          new Member(rate("1gbit", null, "10s"), 4, false),
          new Member(delay("1s"), 5, false),
          new Member(reorder("100%", 1), 5, false));

  static Stream<Arguments> pairs() {
    return ALL.stream()
        .flatMap(
            one ->
                ALL.stream()
                    .filter(other -> !one.equals(other))
                    .map(other -> Arguments.of(one, other)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("pairs")
  void earlierStageHasTheFirstWord(Member asked, Member then) {
    for (byte[] packet : List.of(SEGMENT, ANSWER)) {
      if (asked.wants(packet) && then.wants(packet)) {
        meet(asked, then, packet);
      }
    }
  }

  private void meet(Member asked, Member then, byte[] packet) {
    ArmedTrial trial = Trial.of(asked.fault(), then.fault()).arm();
    LineMaps.setLine(
        trial.program().map(LineMaps.LINE_NAME).mmap(),
        LineMaps.FQ,
        device.index(),
        device.index());
    boolean inOrder = asked.stage() <= then.stage();
    Member first = inOrder ? asked : then;
    int firstRule = inOrder ? 0 : 1;

    Fate fate =
        device
            .namespace()
            .call(() -> trial.egress(packet, TestContext.EMPTY.withIfindex(device.index())).fate());

    assertThat(trial.counts(0, firstRule).matched().packets()).as("first").isEqualTo(1);
    assertThat(trial.counts(0, 1 - firstRule).matched().packets())
        .as("second")
        .isEqualTo(first.ends() ? 0 : 1);
    if (first.ends()) {
      assertThat(trial.counts(0, firstRule).hit().packets()).isEqualTo(1);
      assertThat(fate).isIn(Fate.VANISHED, Fate.ANSWERED);
    }
  }
}
