// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.bench;

import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.TestContext;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/// Programs that take turns at being run, so that whatever else the machine does meets all of them
/// alike. Beside each turn the empty program is run as often, on the same packets; what a program
/// costs is the difference, the median of all rounds. The time is that of the processor, which
/// leaves out what other processes took. Programs are loaded more than once, and their copies take
/// turns too: where one lies in memory is worth some nanoseconds.
public final class Turns {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<BpfProgram> empty;
  private final List<Contender> contenders = new ArrayList<>();

  /// @param empty copies of it
  public Turns(List<BpfProgram> empty) {
    this.empty = empty;
  }

  /// A program, loaded once.
  ///
  /// @param before done before each turn, outside the measurement
  public record Copy(BpfProgram program, Runnable before) {}

  /// A program that takes part.
  public final class Contender {
    private final List<Copy> copies;
    private final List<byte[]> packets;
    private final int runs;
    private final List<Double> costs = new ArrayList<>();

    private Contender(List<Copy> copies, List<byte[]> packets, int runs) {
      this.copies = copies;
      this.packets = packets;
      this.runs = runs;
    }

    private void takeTurn(int round) {
      Copy copy = copies.get(round % copies.size());
      copy.before.run();
      double own = nanosOf(copy.program);
      costs.add(own - nanosOf(empty.get(round % empty.size())));
    }

    private double nanosOf(BpfProgram either) {
      long begin = THREADS.getCurrentThreadCpuTime();
      packets.forEach(packet -> either.testRun(packet, TestContext.EMPTY, runs));
      return (double) (THREADS.getCurrentThreadCpuTime() - begin) / runs / packets.size();
    }

    /// What it costs beyond the empty program, in nanoseconds, once the turns have been taken.
    public double cost() {
      List<Double> sorted = costs.stream().sorted().toList();
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// How many packets all copies have seen.
    public long packets() {
      return (long) costs.size() * packets.size() * runs;
    }
  }

  /// Lets a program take part.
  ///
  /// @param packets that it sees in each turn
  /// @param runs with each; only at the first is the packet what it is here
  public Contender add(List<Copy> copies, List<byte[]> packets, int runs) {
    Contender contender = new Contender(copies, packets, runs);
    contenders.add(contender);
    return contender;
  }

  /// Everybody's turn, so many times, in one order and the other.
  public void take(int rounds) {
    for (int round = 0; round < rounds; round++) {
      int number = round;
      List<Contender> order = round % 2 == 0 ? contenders : contenders.reversed();
      order.forEach(contender -> contender.takeTurn(number));
    }
  }
}
