// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.bench;

import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.TestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// Programs that take turns at being run, so that whatever else the machine does meets all of them
/// alike. Of each the fastest turn counts: what is above it was somebody else's. The cost of a
/// program is that of its turn less that of an empty program's which runs as often.
public final class Turns {
  private final BpfProgram empty;
  private final byte[] anything;
  private final Map<Integer, Contender> empties = new HashMap<>();
  private final List<Contender> contenders = new ArrayList<>();

  /// @param anything a packet for the empty program
  public Turns(BpfProgram empty, byte[] anything) {
    this.empty = empty;
    this.anything = anything;
  }

  private static final class Contender {
    private final BpfProgram program;
    private final byte[] packet;
    private final int runs;
    private final Runnable before;
    private double fastest = Double.MAX_VALUE;

    private Contender(BpfProgram program, byte[] packet, int runs, Runnable before) {
      this.program = program;
      this.packet = packet;
      this.runs = runs;
      this.before = before;
    }

    private void takeTurn() {
      before.run();
      long begin = System.nanoTime();
      program.testRun(packet, TestContext.EMPTY, runs);
      fastest = Math.min(fastest, (double) (System.nanoTime() - begin) / runs);
    }
  }

  /// Lets a program take part.
  ///
  /// @param runs in one turn; only at the first is the packet what it is here
  /// @param before done before each turn, outside the measurement
  /// @return its cost in nanoseconds, once the turns have been taken
  public DoubleSupplier add(BpfProgram program, byte[] packet, int runs, Runnable before) {
    Contender nothing = empties.computeIfAbsent(runs, n -> contender(empty, anything, n, () -> {}));
    Contender one = contender(program, packet, runs, before);
    return () -> one.fastest - nothing.fastest;
  }

  private Contender contender(BpfProgram program, byte[] packet, int runs, Runnable before) {
    Contender contender = new Contender(program, packet, runs, before);
    contenders.add(contender);
    return contender;
  }

  /// Everybody's turn, so many times.
  public void take(int rounds) {
    for (int round = 0; round < rounds; round++) {
      contenders.forEach(Contender::takeTurn);
    }
  }
}
